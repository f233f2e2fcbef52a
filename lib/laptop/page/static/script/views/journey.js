// One journey: its graph with the people at each step, the same as a list, and who is where.
import { addressOf } from '../address.js';
import { get } from '../api.js';
import { element, replace } from '../elements.js';
import { icon } from '../icons.js';
import { COUNTS, countList } from '../parts/counts.js';
import { journeyGraph } from '../parts/journey-graph.js';
import { openPeople } from '../parts/people-list.js';
import { statusPill } from '../parts/status-pill.js';

const SMALLEST = 0.3;
const LARGEST = 2;
/** Lines of steps are nine pixels high then; a wide journey is scrolled. */
const SMALLEST_READABLE = 0.8;

export async function openJourney(place, { path: [, id], query }, { now }) {
  const { version } = query;
  const ask = () => get(`journeys/${encodeURIComponent(id)}`, { version });
  let journey = await ask();
  const more = [
    ...COUNTS,
    { name: 'converted', label: 'Reached the goal', about: 'Runs that count for the goal' },
    { name: 'heldOut', label: 'Held out', about: 'Customers of the control group' },
  ];
  const names = more.filter(
    ({ name }) =>
      (name !== 'converted' || journey.hasGoal) && (name !== 'heldOut' || journey.counts.heldOut > 0),
  );

  const counts = element('div');
  const versions = element('div');
  const others = element('div');
  const list = element('ol', { class: 'steps' });
  const people = openPeople(id, version, now);
  const graph = journeyGraph(journey.graph, choose);
  const frame = element(
    'div',
    { class: 'graph-frame', role: 'region', 'aria-label': 'Graph of the journey', tabindex: '0' },
    graph.svg,
  );
  const zoom = zoomButtons(frame, graph.svg, journey.graph);
  // A graph needs room; on a telephone the list says the same.
  const isNarrow = window.matchMedia('(max-width: 760px)').matches;
  const asGraph = element('section', { class: 'journey-graph', hidden: isNarrow }, frame, zoom, others);
  const asList = element('section', { class: 'journey-list', hidden: !isNarrow }, list);
  place.append(
    element('p', { class: 'crumbs' }, element('a', { href: '#/journeys' }, icon('back'), 'All journeys')),
    element(
      'div',
      { class: 'heading' },
      element(
        'div',
        {},
        element('h1', {}, journey.name, ' ', statusPill(journey.status, journey.switched)),
        journey.breaker === undefined
          ? undefined
          : element(
              'p',
              {},
              `The breaker holds its marketing: ${journey.breaker}. It goes on by “wend resume ${id} --local”.`,
            ),
        journey.name === id ? undefined : element('p', { class: 'muted' }, element('code', {}, id)),
      ),
      element(
        'div',
        { class: 'heading-actions' },
        viewSwitch(asGraph, asList, zoom),
        element(
          'a',
          { class: 'button', href: addressOf(['outbox'], { journey: id }) },
          icon('outbox'),
          'Its messages',
        ),
      ),
    ),
    journey.description === undefined ? undefined : element('p', { class: 'lead' }, journey.description),
    versions,
    counts,
    element('div', { class: 'journey' }, element('div', {}, asGraph, asList), people.panel),
  );
  // It has a width when it has come onto the page.
  new ResizeObserver((_, observer) => {
    if (frame.clientWidth === 0) return;
    observer.disconnect();
    zoom.fit();
  }).observe(frame);

  function draw() {
    replace(counts, countList(journey.counts, names));
    graph.showPeople(journey.graph.boxes);
    replace(versions, versionNote(journey, version));
    replace(others, elsewhereNote(journey.elsewhere, choose));
    replace(
      list,
      journey.graph.boxes.filter(({ id: step }) => !step.startsWith('(')).map((box) => stepRow(box, choose)),
      journey.elsewhere.map(({ step, people: number }) =>
        stepRow(
          { id: step, title: step, lines: ['only in an earlier version'], people: number, kind: 'earlier' },
          choose,
        ),
      ),
    );
  }
  function choose(step) {
    const address = addressOf(['journeys', id], { step, version });
    if (location.hash === address) void people.show(step);
    else location.hash = address;
  }
  async function showStep(step) {
    graph.showChosen(step);
    await people.show(step);
  }

  draw();
  await showStep(query.step);
  let last = '';
  return {
    title: journey.name,
    topics: ['customers', 'messages'],
    refresh: async () => {
      journey = await ask();
      const text = JSON.stringify([
        journey.counts,
        journey.graph.boxes.map((box) => box.people),
        journey.elsewhere,
        journey.earlier,
      ]);
      if (text !== last) draw();
      last = text;
      await people.refresh();
    },
    /** Another step of the same journey: nothing is drawn anew. */
    move: ({ path, query: { step, version: wanted } }) => {
      if (path[0] !== 'journeys' || path[1] !== id || wanted !== version) return false;
      void showStep(step);
      return true;
    },
  };
}

/** Who entered before the journey was changed goes on as it was: said here, since the graph is the newest. */
function versionNote({ id, version: newest, earlier }, shown) {
  if (shown !== undefined && shown !== newest)
    return element(
      'p',
      { class: 'note' },
      'An earlier version of this journey. Who entered with it goes on in it; the counts are of all versions. ',
      element('a', { href: addressOf(['journeys', id]), 'data-key': 'newest' }, 'The newest version'),
    );
  const people = earlier.reduce((sum, one) => sum + one.people, 0);
  if (people === 0) return undefined;
  return element(
    'p',
    { class: 'note' },
    `${peopleText(people)} entered before the journey was changed, and ${people === 1 ? 'goes' : 'go'} on as it was then: `,
    earlier.map((one, index) => [
      index === 0 ? '' : ', ',
      element(
        'a',
        { href: addressOf(['journeys', id], { version: one.version }), 'data-key': one.version },
        earlier.length === 1 ? 'the earlier version' : `version ${one.version} (${one.people})`,
      ),
    ]),
  );
}

/** People whom the graph cannot show: their steps are not in it. */
function elsewhereNote(elsewhere, choose) {
  if (elsewhere.length === 0) return undefined;
  return element(
    'p',
    { class: 'graph-others' },
    'At steps that only an earlier version has: ',
    elsewhere.map(({ step, people }, index) => [
      index === 0 ? '' : ', ',
      element(
        'button',
        {
          type: 'button',
          class: 'link-button',
          'data-key': `other ${step}`,
          on: { click: () => choose(step) },
        },
        `${step}: ${peopleText(people)}`,
      ),
    ]),
  );
}

function peopleText(people) {
  return people === 1 ? '1 person' : `${people.toLocaleString('en')} people`;
}

function stepRow({ id, title, lines, people, kind }, choose) {
  return element(
    'li',
    { class: `step-row box-${kind}` },
    element(
      'button',
      { type: 'button', class: 'step-button', 'data-key': `step ${id}`, on: { click: () => choose(id) } },
      element('strong', {}, title),
      element('span', { class: 'step-lines' }, lines.join(' · ')),
      element('span', { class: people === 0 ? 'step-people none' : 'step-people' }, peopleText(people)),
    ),
  );
}

function viewSwitch(asGraph, asList, zoom) {
  const buttons = [
    ['Graph', asGraph],
    ['List', asList],
  ].map(([label, section]) =>
    element(
      'button',
      {
        type: 'button',
        'aria-pressed': String(!section.hidden),
        on: { click: (event) => choose(section, event.currentTarget) },
      },
      label,
    ),
  );
  function choose(section, button) {
    asGraph.hidden = section !== asGraph;
    asList.hidden = section !== asList;
    if (section === asGraph) zoom.fit();
    for (const one of buttons) one.setAttribute('aria-pressed', String(one === button));
  }
  return element('div', { class: 'segments', role: 'group', 'aria-label': 'Show the journey as' }, buttons);
}

function zoomButtons(frame, svg, { width, height, boxes }) {
  let scale = 1;
  const set = (to) => {
    scale = Math.min(LARGEST, Math.max(SMALLEST, to));
    svg.setAttribute('width', String((width + 14) * scale));
    svg.setAttribute('height', String((height + 12) * scale));
  };
  const buttons = element(
    'div',
    { class: 'zoom', role: 'group', 'aria-label': 'Size of the graph' },
    zoomButton('−', 'Smaller', () => set(scale / 1.25)),
    zoomButton('Fit', 'Fit into the page', () => buttons.fit()),
    zoomButton('+', 'Larger', () => set(scale * 1.25)),
  );
  /** As wide as there is room, and never larger than it was drawn: small texts stay sharp, wide journeys can be scrolled. */
  buttons.fit = () =>
    requestAnimationFrame(() => {
      set(Math.max(SMALLEST_READABLE, Math.min(1, (frame.clientWidth - 24) / (width + 14))));
      // Where it begins is in sight.
      const entry = boxes.find(({ kind }) => kind === 'entry');
      if (entry !== undefined)
        frame.scrollLeft = (entry.left + entry.width / 2) * scale - frame.clientWidth / 2;
    });
  return buttons;
}

function zoomButton(label, name, action) {
  return element(
    'button',
    { type: 'button', class: 'button small', 'aria-label': name, on: { click: action } },
    label,
  );
}
