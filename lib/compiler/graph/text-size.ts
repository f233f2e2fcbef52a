/**
 * How much room a text takes, without a browser to measure it: the widths are those of common sans-serif fonts, a little on
 * the wide side, so that a text never leaves its box.
 */
import type { Box } from './journey-graph.ts';

export const TITLE_SIZE = 14;
export const LINE_SIZE = 12;
export const LABEL_SIZE = 11;
export const LINE_HEIGHT = 17;
export const LABEL_HEIGHT = 18;
/** Between the edge of a box and its text. */
const PADDING = 14;

/** Mean width of a character as a part of the font size. */
const CHARACTER = 0.58;
/** Characters of Chinese, Japanese and Korean, and emoji, are as wide as they are high. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{1f300}-\u{1faff}]/u;
const LONGEST_LINE = 44;

export function boxSize({ title, lines }: Pick<Box, 'title' | 'lines'>): { width: number; height: number } {
  // Titles are bold.
  const widths = [textWidth(title, TITLE_SIZE) * 1.06, ...lines.map((line) => textWidth(line, LINE_SIZE))];
  const width = Math.max(64, Math.ceil(Math.max(...widths)) + 2 * PADDING);
  return { width, height: 20 + LINE_HEIGHT * (1 + lines.length) };
}

export function labelWidth(label: string): number {
  return Math.ceil(textWidth(label, LABEL_SIZE)) + 10;
}

/** Breaks a text between words; a word that is longer than a line stays whole. */
export function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && longer.length > LONGEST_LINE) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

function textWidth(text: string, size: number): number {
  let units = 0;
  for (const character of text) units += WIDE.test(character) ? 1 : CHARACTER;
  return units * size;
}
