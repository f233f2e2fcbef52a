// A journey as a drawing: boxes that can be chosen, with the number of people at each. The server has laid it out; the colours are those
// of the page, so that it can be read by day and by night.
import { drawing, newId } from '../elements.js';

/** As in the layout (lib/compiler/graph/text-size.ts). */
const TITLE_SIZE = 14;
const LINE_HEIGHT = 17;
const LABEL_HEIGHT = 18;
const BADGE_HEIGHT = 22;

/**
 * @param {object} graph
 * @param {(step: string) => void} choose
 * @returns {{ svg: SVGElement, showPeople: (boxes: object[]) => void, showChosen: (step?: string) => void }}
 */
export function journeyGraph(graph, choose) {
  const arrowId = newId('arrow');
  const boxes = new Map(graph.boxes.map((box) => [box.id, drawBox(box, choose)]));
  const svg = drawing(
    'svg',
    // Room for badges at the upper and right edge.
    {
      class: 'graph',
      viewBox: `0 -12 ${graph.width + 14} ${graph.height + 12}`,
      width: graph.width + 14,
      height: graph.height + 12,
      role: 'group',
      'aria-label': 'The steps of the journey; the list beside it says the same',
    },
    drawing('defs', {}, arrowHead(`${arrowId}-on`, 'head'), arrowHead(`${arrowId}-back`, 'head back')),
    graph.arrows.map(({ path, back }) =>
      drawing('path', {
        class: back ? 'arrow back' : 'arrow',
        d: path,
        'marker-end': `url(#${arrowId}-${back ? 'back' : 'on'})`,
      }),
    ),
    [...boxes.values()].map(({ group }) => group),
    graph.arrows.map(drawLabel),
  );
  return {
    svg,
    showPeople: (given) => {
      for (const { id, people } of given) boxes.get(id)?.showPeople(people);
    },
    showChosen: (step) => {
      for (const [id, { group }] of boxes) group.setAttribute('aria-pressed', String(id === step));
    },
  };
}

function drawBox({ id, kind, title, lines, left, top, width, height, people }, choose) {
  const middle = left + width / 2;
  const first = top + 10 + TITLE_SIZE;
  const badge = drawing('g', { class: 'badge', 'aria-hidden': 'true' });
  const isStep = !id.startsWith('(');
  const group = drawing(
    'g',
    {
      class: `box box-${kind}`,
      ...(isStep && {
        role: 'button',
        tabindex: '0',
        'aria-pressed': 'false',
        'data-key': id,
        on: { click: () => choose(id), keydown: onKey },
      }),
    },
    drawing('rect', {
      x: left,
      y: top,
      width,
      height,
      rx: kind === 'entry' || kind === 'end' || kind === 'exit' ? 16 : 6,
    }),
    drawing('text', { class: 'title', x: middle, y: first }, title),
    lines.map((line, index) =>
      drawing('text', { class: 'line', x: middle, y: first + LINE_HEIGHT * (index + 1) }, line),
    ),
    badge,
  );
  function onKey(event) {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    choose(id);
  }
  function showPeople(number) {
    if (isStep)
      group.setAttribute(
        'aria-label',
        `${[title, ...lines].join(' ')}: ${number === 1 ? '1 person' : `${number} people`}`,
      );
    badge.replaceChildren();
    group.classList.toggle('occupied', number > 0);
    if (number === 0) return;
    const text = number.toLocaleString('en');
    const wide = Math.max(BADGE_HEIGHT, 12 + text.length * 8);
    badge.append(
      drawing('rect', {
        x: left + width - wide + 10,
        y: top - BADGE_HEIGHT / 2,
        width: wide,
        height: BADGE_HEIGHT,
        rx: BADGE_HEIGHT / 2,
      }),
      drawing('text', { x: left + width - wide / 2 + 10, y: top + 4.5 }, text),
    );
  }
  showPeople(people);
  return { group, showPeople };
}

function drawLabel({ label, labelAt, labelWidth, back }) {
  if (label === undefined || labelAt === undefined) return [];
  return drawing(
    'g',
    { class: back ? 'label back' : 'label' },
    drawing('rect', {
      x: labelAt.x - labelWidth / 2,
      y: labelAt.y - LABEL_HEIGHT / 2,
      width: labelWidth,
      height: LABEL_HEIGHT,
      rx: 4,
    }),
    drawing('text', { x: labelAt.x, y: labelAt.y + 4 }, label),
  );
}

function arrowHead(id, style) {
  return drawing(
    'marker',
    {
      id,
      class: style,
      viewBox: '0 0 10 10',
      refX: 9,
      refY: 5,
      markerWidth: 7,
      markerHeight: 7,
      orient: 'auto-start-reverse',
    },
    drawing('path', { d: 'M0,0 L10,5 L0,10 z' }),
  );
}
