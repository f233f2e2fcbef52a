// Tables without borders, as a terminal shows them best and a reader copies them best.
import Table from 'cli-table3';
import type { Colours } from '../terminal.ts';

/** A column: its heading, and the side its cells lean to (figures lean right). */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Characters; longer cells are wrapped between words. */
  readonly width?: number;
}

/** The table with a dimmed heading, indented by two; ends with a newline. Nothing without rows. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  colours: Colours,
): string {
  if (rows.length === 0) return '';
  const table = new Table({
    head: columns.map(({ title }) => colours.dim(title)),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    colWidths: columns.map(({ width }) => width ?? null),
    wordWrap: true,
    chars: BLANK,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  table.push(...rows.map((row) => [...row]));
  const lines = table.toString().split('\n');
  return `${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n`;
}

const BLANK = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
