/** A journey as an SVG picture: light, readable in print, no scripts and no links to anywhere. */
import { journeyGraph, type BoxKind, type DrawnManifest } from './journey-graph.ts';
import { placeGraph, type PlacedArrow, type PlacedBox, type Point } from './layout.ts';
import { LABEL_HEIGHT, LABEL_SIZE, LINE_HEIGHT, LINE_SIZE, TITLE_SIZE, labelWidth } from './text-size.ts';

const INK = '#1f2733';
const SOFT_INK = '#5a6675';
const LINE = '#8794a3';
const BACK_LINE = '#b0652a';
const PAPER = '#fbfcfd';

/** Stripe and ground of each kind of box; chosen to stay apart for readers who see no red or green. */
const COLOURS: Readonly<Record<BoxKind, { readonly stripe: string; readonly ground: string }>> = {
  entry: { stripe: '#33475b', ground: '#eef2f6' },
  end: { stripe: '#33475b', ground: '#eef2f6' },
  send: { stripe: '#2166ac', ground: '#eaf3fb' },
  action: { stripe: '#2f7d6b', ground: '#e9f6f2' },
  wait: { stripe: '#8a7a1f', ground: '#fbf8e6' },
  waitFor: { stripe: '#c26a14', ground: '#fdf2e5' },
  branch: { stripe: '#6a4fa3', ground: '#f3effa' },
  split: { stripe: '#8c3d7c', ground: '#faeef7' },
  loop: { stripe: '#b0652a', ground: '#fdf4ec' },
  exit: { stripe: '#9b2c3a', ground: '#fbeef0' },
};

/** The whole file; `title` is what screen readers and tabs show. */
export function svgOf(manifest: DrawnManifest, title: string): string {
  const { width, height, boxes, arrows } = placeGraph(journeyGraph(manifest));
  const [wide, high] = [Math.ceil(width), Math.ceil(height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" role="img" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<defs>${arrowHead('head', LINE)}${arrowHead('back-head', BACK_LINE)}</defs>`,
    `<rect width="100%" height="100%" fill="${PAPER}"/>`,
    ...arrows.map(drawArrow),
    ...boxes.map(drawBox),
    // Labels last: an arrow may pass under one, never over it.
    ...arrows.flatMap(drawLabel),
    '</svg>',
    '',
  ].join('\n');
}

function drawBox({ kind, title, lines, left, top, width, height }: PlacedBox): string {
  const { stripe, ground } = COLOURS[kind];
  const round = kind === 'entry' || kind === 'end' || kind === 'exit' ? 16 : 6;
  const middle = left + width / 2;
  const first = top + 10 + TITLE_SIZE;
  const texts = lines.map((line, index) => {
    const y = first + LINE_HEIGHT * (index + 1);
    return `<text x="${at(middle)}" y="${at(y)}" font-size="${LINE_SIZE}" fill="${SOFT_INK}" text-anchor="middle">${escaped(line)}</text>`;
  });
  return [
    `<g><rect x="${at(left)}" y="${at(top)}" width="${at(width)}" height="${at(height)}" rx="${round}" fill="${ground}" stroke="${stripe}" stroke-width="1.4"/>`,
    `<text x="${at(middle)}" y="${at(first)}" font-size="${TITLE_SIZE}" font-weight="600" fill="${INK}" text-anchor="middle">${escaped(title)}</text>`,
    ...texts,
    '</g>',
  ].join('');
}

function drawArrow({ points, back }: PlacedArrow): string {
  const [colour, head, dashes] = back
    ? [BACK_LINE, 'back-head', ' stroke-dasharray="5 4"']
    : [LINE, 'head', ''];
  return `<path d="${arrowPath(points)}" fill="none" stroke="${colour}" stroke-width="1.5"${dashes} marker-end="url(#${head})"/>`;
}

function drawLabel({ label, labelAt, back }: PlacedArrow): string[] {
  if (label === undefined || labelAt === undefined) return [];
  const width = labelWidth(label);
  return [
    `<g><rect x="${at(labelAt.x - width / 2)}" y="${at(labelAt.y - LABEL_HEIGHT / 2)}" width="${width}" height="${LABEL_HEIGHT}" rx="4" fill="${PAPER}"/>` +
      `<text x="${at(labelAt.x)}" y="${at(labelAt.y + LABEL_SIZE / 2 - 1.5)}" font-size="${LABEL_SIZE}" fill="${back ? BACK_LINE : SOFT_INK}" text-anchor="middle">${escaped(label)}</text></g>`,
  ];
}

/** The `d` of a path: straight at both ends, rounded where the layout bends. */
export function arrowPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const last = rest.at(-1);
  const parts = [`M${at(first.x)},${at(first.y)}`];
  for (const [index, point] of rest.slice(0, -1).entries()) {
    const next = rest[index + 1];
    if (next === undefined) continue;
    const bend = next === last ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    parts.push(`Q${at(point.x)},${at(point.y)} ${at(bend.x)},${at(bend.y)}`);
  }
  if (rest.length === 1 && last !== undefined) parts.push(`L${at(last.x)},${at(last.y)}`);
  return parts.join(' ');
}

function arrowHead(id: string, colour: string): string {
  return `<marker id="${id}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0,0 L10,5 L0,10 z" fill="${colour}"/></marker>`;
}

function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters are not allowed in XML at all. */
function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ');
}
