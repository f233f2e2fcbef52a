// Who is at a step of a journey, since when and until when.
import { addressOf } from '../address.js';
import { get } from '../api.js';
import { element, replace } from '../elements.js';
import { distance, moment } from '../moments.js';

const EARLIER = 'Entered before the journey was changed, and goes on as it was then';

/** `version` undefined: of all versions. @returns {{ panel: HTMLElement, show: (step?: string) => Promise<void>, refresh: () => Promise<void> }} */
export function openPeople(journey, version, now) {
  let shown;
  let parts = 1;
  let last = '';
  const panel = element('aside', { class: 'people', 'aria-label': 'People at the step', 'aria-live': 'off' });

  async function show(step) {
    shown = step;
    parts = 1;
    last = '';
    await refresh();
  }
  async function refresh() {
    const step = shown;
    const found = [];
    let from = 0;
    let all = 0;
    for (let part = 0; part < parts && from !== undefined; part += 1) {
      const answer = await get(`journeys/${encodeURIComponent(journey)}/people`, {
        step,
        version,
        from,
      });
      found.push(...answer.people);
      ({ all, next: from } = answer);
    }
    if (step !== shown) return;
    const text = JSON.stringify([found, all]);
    if (text === last) return;
    last = text;
    draw(step, found, all, from);
  }
  function draw(step, found, all, next) {
    replace(
      panel,
      element(
        'h2',
        {},
        step ?? 'Everybody inside',
        ' ',
        element('span', { class: 'number-of' }, all.toLocaleString('en')),
      ),
      step === undefined
        ? element('p', { class: 'hint' }, 'Choose a step to see who is there.')
        : element(
            'p',
            {},
            element(
              'a',
              { href: addressOf(['journeys', journey], { version }), 'data-key': 'everybody' },
              'Everybody inside',
            ),
          ),
      all === 0
        ? element(
            'p',
            { class: 'empty' },
            step === undefined ? 'Nobody is inside now.' : 'Nobody is here now.',
          )
        : undefined,
      element(
        'ul',
        { class: 'people-list' },
        found.map((one) => person(one, step === undefined, version === undefined, now())),
      ),
      next === undefined
        ? undefined
        : element(
            'button',
            {
              type: 'button',
              class: 'button',
              'data-key': 'more',
              on: {
                click: () => {
                  parts += 1;
                  void refresh();
                },
              },
            },
            'Show more',
          ),
    );
  }
  return { panel, show, refresh };
}

function person(
  { customer, external, name, step, isEarlier, held, since, until },
  withStep,
  withVersion,
  now,
) {
  return element(
    'li',
    {},
    element('a', { href: addressOf(['customers', customer]), 'data-key': customer }, external),
    name === undefined ? undefined : element('span', { class: 'muted' }, ` ${name}`),
    withVersion && isEarlier
      ? [' ', element('span', { class: 'pill', title: EARLIER }, 'earlier version')]
      : undefined,
    held ? [' ', element('span', { class: 'pill pill-paused' }, 'held: the journey is paused')] : undefined,
    element(
      'small',
      {},
      withStep && step !== undefined ? `at ${step}, ` : '',
      since === undefined ? '' : `since ${moment(since)}`,
      until === undefined || held
        ? ''
        : element('span', { class: 'until', title: distance(until, now) }, ` until ${moment(until)}`),
    ),
  );
}
