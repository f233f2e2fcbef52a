/** A journey as Mermaid text, which GitHub and many editors draw. https://mermaid.js.org/syntax/flowchart.html */
import { journeyGraph, type Box, type BoxKind, type DrawnManifest } from './journey-graph.ts';

/** What stands around a label: the shape of the box. */
const SHAPES: Readonly<Record<BoxKind, readonly [string, string]>> = {
  entry: ['([', '])'],
  end: ['((', '))'],
  send: ['[', ']'],
  action: ['[[', ']]'],
  wait: ['(', ')'],
  waitFor: ['{{', '}}'],
  branch: ['{', '}'],
  split: ['[/', '\\]'],
  loop: ['>', ']'],
  exit: ['([', '])'],
};

/** The text of a flowchart, one line for each box and arrow; ends with a line break. */
export function mermaidOf(manifest: DrawnManifest): string {
  const { boxes, arrows } = journeyGraph(manifest);
  // Names of our own: a step id such as `end` would be a word of Mermaid.
  const names = new Map(boxes.map(({ id }, index) => [id, `n${index}`]));
  const lines = [
    'flowchart TD',
    ...boxes.map((box) => `  ${names.get(box.id)}${shaped(box)}`),
    ...arrows.map(({ from, to, label, back }) => {
      const line = back ? '-.->' : '-->';
      return `  ${names.get(from)} ${line}${label === undefined ? '' : `|"${escaped(label)}"|`} ${names.get(to)}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function shaped({ kind, title, lines }: Box): string {
  const [open, close] = SHAPES[kind];
  return `${open}"${[title, ...lines].map(escaped).join('<br/>')}"${close}`;
}

/** Mermaid reads entity codes between `#` and `;`, also for characters that would end the label or begin a tag. */
function escaped(text: string): string {
  return text
    .replaceAll(/[#"<>&`|\\]/g, (character) => `#${character.codePointAt(0)};`)
    .replaceAll(/\s+/g, ' ');
}
