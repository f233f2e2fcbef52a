// The clock of the business: what it shows, and the buttons that let it stand, run fast and jump.
import { announce } from './announce.js';
import { post } from './api.js';
import { element, replace } from './elements.js';
import { icon } from './icons.js';
import { day, instantOfInput, localInput, moment, time, zoneName } from './moments.js';
import { field, select } from './parts/field.js';

const SPEEDS = [
  ['1', 'real time'],
  ['60', 'a minute each second'],
  ['1440', 'a day each minute'],
  ['86400', 'a day each second'],
];
const JUMPS = [
  ['+1 hour', '+1 h', 3_600_000],
  ['+1 day', '+1 d', 86_400_000],
  ['+1 week', '+1 w', 604_800_000],
];
/** What it shows goes on by itself between two readings. */
const TICK_MILLIS = 200;

/** @returns {{ show: (reading: object) => void, now: () => number }} */
export function openClock(place) {
  let reading;
  let readAt = 0;
  let jumpFrom;

  const now = () =>
    reading === undefined ? 0 : Date.parse(reading.now) + (performance.now() - readAt) * reading.pace;
  const date = element('span', { class: 'clock-date' });
  const hour = element('time', { class: 'clock-hour' });
  const status = element('span', { class: 'clock-status' });
  const pause = element('button', {
    type: 'button',
    class: 'button',
    on: { click: () => change({ pause: !reading.isPaused }) },
  });
  const speed = select(SPEEDS, '1', { class: 'clock-speed', 'aria-label': 'How fast time passes' });
  speed.addEventListener('change', () => void change({ speed: Number(speed.value), pause: false }));
  const goOn = element(
    'button',
    { type: 'button', class: 'button', on: { click: () => change({ goOn: true }) } },
    icon('next'),
    'Until something happens',
  );
  const jumps = JUMPS.map(([label, short, millis]) =>
    element(
      'button',
      {
        type: 'button',
        class: 'button jump',
        'aria-label': label,
        on: { click: () => jump(new Date(now() + millis).toISOString()) },
      },
      element('span', { class: 'only-wide' }, label),
      element('span', { class: 'only-narrow' }, short),
    ),
  );
  const to = element('input', { type: 'datetime-local', required: true });
  const toField = field({ label: `Jump to (${zoneName()})`, control: to, name: 'jumpTo' });
  const form = element(
    'form',
    { class: 'clock-jump', on: { submit: onJumpTo } },
    toField,
    element('button', { class: 'button primary' }, 'Jump'),
  );
  const elsewhere = element(
    'details',
    {
      class: 'menu',
      on: {
        keydown: ({ key }) => {
          if (key !== 'Escape') return;
          elsewhere.open = false;
          elsewhere.querySelector('summary').focus();
        },
        toggle: () => {
          if (elsewhere.open && reading !== undefined) to.value = localInput(new Date(now() + 86_400_000));
        },
      },
    },
    element('summary', { class: 'button' }, 'Jump to…'),
    form,
  );
  const bar = element('progress', { max: 1, value: 0, 'aria-label': 'How far the jump has come' });
  const jumpingText = element('span', {});
  const stop = element(
    'button',
    { type: 'button', class: 'button small', on: { click: () => change({ stop: true }) } },
    'Stop here',
  );
  const jumping = element('div', { class: 'clock-jumping', hidden: true }, bar, jumpingText, stop);
  const problem = element('p', { class: 'clock-problem', role: 'alert' });

  replace(
    place,
    element(
      'p',
      { class: 'clock-face' },
      hour,
      ' ',
      element('span', { class: 'clock-about' }, date, ' ', status),
    ),
    element(
      'div',
      { class: 'clock-controls', role: 'group', 'aria-label': 'Let time pass' },
      pause,
      speed,
      ...jumps,
      goOn,
      elsewhere,
    ),
    jumping,
    problem,
  );
  setInterval(tick, TICK_MILLIS);

  async function change(what) {
    try {
      problem.textContent = '';
      show(await post('clock', what));
      elsewhere.open = false;
      return true;
    } catch (error) {
      problem.textContent = error.message;
      return false;
    }
  }

  async function jump(instant) {
    if (await change({ jumpTo: instant })) announce(`Time jumps to ${moment(instant)}`);
  }

  function onJumpTo(event) {
    event.preventDefault();
    const instant = instantOfInput(to.value);
    if (instant !== undefined) void jump(instant);
  }

  function tick() {
    if (reading === undefined) return;
    const instant = new Date(now());
    const [shownDay, shownTime] = [day(instant), time(instant)];
    if (date.textContent !== shownDay) date.textContent = shownDay;
    if (hour.textContent !== shownTime) hour.textContent = shownTime;
    hour.setAttribute('datetime', instant.toISOString());
  }

  function show(given) {
    const wasJumping = reading?.jumpingTo !== undefined;
    reading = given;
    readAt = performance.now();
    const { isPaused, jumpingTo, sample } = reading;
    const isJumping = jumpingTo !== undefined;
    status.textContent = statusText(reading);
    replace(
      pause,
      icon(isPaused ? 'play' : 'pause'),
      element('span', { class: 'only-wide' }, isPaused ? 'Go on' : 'Pause'),
    );
    pause.setAttribute('aria-label', isPaused ? 'Go on' : 'Pause');
    showSpeed(String(reading.speed));
    for (const button of [goOn, ...jumps]) button.disabled = isJumping;
    if (isJumping && !wasJumping) jumpFrom = Date.parse(reading.now);
    jumping.hidden = !isJumping && sample.state !== 'running';
    stop.hidden = !isJumping;
    if (isJumping) {
      const end = Date.parse(jumpingTo);
      bar.value = end <= jumpFrom ? 1 : (Date.parse(reading.now) - jumpFrom) / (end - jumpFrom);
      jumpingText.textContent = `On the way to ${moment(jumpingTo)}`;
    } else if (sample.state === 'running') {
      bar.value = sample.all === 0 ? 0 : sample.put / sample.all;
      jumpingText.textContent = `The sample's first day: ${sample.put} of ${sample.all} events`;
    }
    if (wasJumping && !isJumping) announce(`It is ${moment(reading.now)} now`);
    tick();
  }

  /** A speed from the command line may be none of those in the list. */
  function showSpeed(value) {
    const known = [...speed.options].some((option) => option.value === value);
    if (!known) speed.append(element('option', { value }, `${value} times as fast`));
    if (document.activeElement !== speed) speed.value = value;
  }

  return { show, now };
}

/** How fast time passes is said by the list beside it. */
function statusText({ isPaused, pace, jumpingTo }) {
  const zone = zoneName();
  if (jumpingTo !== undefined) return `${zone}, jumping`;
  if (isPaused) return `${zone}, standing still`;
  return pace === 0 ? `${zone}, waiting for work` : zone;
}
