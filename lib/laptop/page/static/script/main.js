// The frame of the page: which view is shown, and when it looks again.
import { readAddress } from './address.js';
import { get } from './api.js';
import { onChanges } from './changes.js';
import { openClock } from './clock-bar.js';
import { element, replace } from './elements.js';
import { icon } from './icons.js';
import { useJourneys } from './journey-names.js';
import { useZone } from './moments.js';
import { problemBox } from './parts/problem-box.js';
import { openCustomer } from './views/customer.js';
import { openCustomers } from './views/customers.js';
import { openJourney } from './views/journey.js';
import { openJourneys } from './views/journeys.js';
import { openOperations } from './views/operations.js';
import { openOutbox } from './views/outbox.js';
import { openSend } from './views/send.js';

/** A view's `open` fills the place it is given, and returns its title, the topics it looks again for, and how. */
const VIEWS = [
  {
    id: 'journeys',
    label: 'Journeys',
    open: ({ path }) => (path[1] === undefined ? openJourneys : openJourney),
  },
  { id: 'outbox', label: 'Outbox', open: () => openOutbox },
  {
    id: 'customers',
    label: 'Customers',
    open: ({ path }) => (path[1] === undefined ? openCustomers : openCustomer),
  },
  { id: 'send', label: 'Try it', open: () => openSend },
  { id: 'operations', label: 'Operations', open: () => openOperations },
];

/** However much happens, a view asks for what it shows at most this often. */
const LOOK_AGAIN_MILLIS = 500;

const main = document.querySelector('#main');
const lost = document.querySelector('#lost');
let shown;
let turn = 0;
const pending = new Set();
let timer;
let isLooking = false;

const [firstAbout, reading] = await Promise.all([get('about'), get('clock')]);
let about;
takeAbout(firstAbout);
document.querySelector('#environment').textContent = about.deployment;
drawNavigation();
const clock = openClock(document.querySelector('#clock'));
clock.show(reading);
onChanges(({ topics, clock: changed, isLost }) => {
  const isBack = !isLost && !lost.hidden;
  lost.hidden = !isLost;
  lost.textContent = isLost ? 'The local cloud does not answer any more. Is npm start still running?' : '';
  if (changed !== undefined) clock.show(changed);
  if (isBack) void comeBack();
  for (const topic of topics) pending.add(topic);
  lookAgain();
});
window.addEventListener('hashchange', () => void show(true));
await show(false);

function takeAbout(given) {
  about = given;
  useZone(about.zone);
  useJourneys(about.journeys);
}

/** Another start may have other journeys. What somebody writes in a form stays. */
async function comeBack() {
  try {
    takeAbout(await get('about'));
  } catch {
    // Gone again: the line at the bottom says it.
    return;
  }
  if (readAddress().path[0] === 'send') return;
  shown = undefined;
  await show(false);
}

function drawNavigation() {
  const links = VIEWS.map(({ id, label }) =>
    element(
      'li',
      {},
      element('a', { href: `#/${id}`, 'data-view': id }, icon(id), element('span', {}, label)),
    ),
  );
  document.querySelector('#views').append(element('ul', {}, ...links));
}

/** @param {boolean} isMoved somebody has gone here: the keyboard goes along. */
async function show(isMoved) {
  const address = readAddress();
  const view = VIEWS.find(({ id }) => id === address.path[0]) ?? VIEWS[0];
  for (const link of document.querySelectorAll('#views a')) {
    if (link.dataset.view === view.id) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (shown?.move?.(address) === true) return;
  turn += 1;
  const mine = turn;
  shown = undefined;
  pending.clear();
  const place = element('div', { class: `view view-${view.id}` });
  try {
    const opened = await view.open(address)(place, address, { about, now: clock.now });
    if (mine !== turn) return;
    shown = opened;
  } catch (error) {
    if (mine !== turn) return;
    // An address that was kept may lead to what is gone: from here one finds on.
    replace(
      place,
      element('h1', {}, view.label),
      problemBox(error),
      address.path[1] === undefined
        ? undefined
        : element('p', {}, element('a', { href: `#/${view.id}` }, `To the list: ${view.label}`)),
    );
    shown = { title: view.label, topics: [], refresh: async () => {} };
  }
  main.replaceChildren(place);
  document.title = `${shown.title} – Wend`;
  if (isMoved) {
    main.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
}

function lookAgain() {
  if (timer !== undefined || isLooking) return;
  timer = setTimeout(async () => {
    timer = undefined;
    const topics = [...pending];
    pending.clear();
    if (shown === undefined || !topics.some((topic) => shown.topics.includes(topic))) return;
    isLooking = true;
    try {
      await shown.refresh(topics);
    } catch {
      // The line at the bottom says it if the cloud has gone; else the next change asks again.
    }
    isLooking = false;
    if (pending.size > 0) lookAgain();
  }, LOOK_AGAIN_MILLIS);
}
