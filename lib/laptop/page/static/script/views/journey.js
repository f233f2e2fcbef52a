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

export async function openJourney(place, { path: [, id], query }, { now }) {
  let journey = await get(`journeys/${encodeURIComponent(id)}`);
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
  const list = element('ol', { class: 'steps' });
  const people = openPeople(id, now);
  const graph = journeyGraph(journey.graph, choose);
  const frame = element(
    'div',
    { class: 'graph-frame', role: 'region', 'aria-label': 'Graph of the journey', tabindex: '0' },
    graph.svg,
  );
  const zoom = zoomButtons(frame, graph.svg, journey.graph);
  // A graph needs room; on a telephone the list says the same.
  const isNarrow = window.matchMedia('(max-width: 760px)').matches;
  const asGraph = element('section', { class: 'journey-graph', hidden: isNarrow }, frame, zoom);
  const asList = element('section', { class: 'journey-list', hidden: !isNarrow }, list);
  place.append(
    element('p', { class: 'crumbs' }, element('a', { href: '#/journeys' }, icon('back'), 'All journeys')),
    element(
      'div',
      { class: 'heading' },
      element('h1', {}, journey.id, ' ', statusPill(journey.status, journey.switched)),
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
    counts,
    element('div', { class: 'journey' }, element('div', {}, asGraph, asList), people.panel),
  );
  zoom.fit();

  function draw() {
    replace(counts, countList(journey.counts, names));
    graph.showPeople(journey.graph.boxes);
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
    const address = addressOf(['journeys', id], { step });
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
    title: id,
    topics: ['customers', 'messages'],
    refresh: async () => {
      journey = await get(`journeys/${encodeURIComponent(id)}`);
      const text = JSON.stringify([
        journey.counts,
        journey.graph.boxes.map((box) => box.people),
        journey.elsewhere,
      ]);
      if (text !== last) draw();
      last = text;
      await people.refresh();
    },
    /** Another step of the same journey: nothing is drawn anew. */
    move: ({ path, query: { step } }) => {
      if (path[0] !== 'journeys' || path[1] !== id) return false;
      void showStep(step);
      return true;
    },
  };
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
      element(
        'span',
        { class: people === 0 ? 'step-people none' : 'step-people' },
        people === 1 ? '1 person' : `${people.toLocaleString('en')} people`,
      ),
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
      set(Math.max(0.62, Math.min(1, (frame.clientWidth - 24) / (width + 14))));
      // Where it begins is in sight.
      const [entry] = boxes;
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
