// What a stream contained that was no usable call, as text.
import type { Refusal } from '#lib/simulator/refused-lines.ts';
import type { Colours } from '../terminal.ts';
import { count } from './numbers.ts';

/** A headline and one line for each reason, or nothing at all where nothing was refused. */
export function renderRefusedLines(refusals: readonly Refusal[], colours: Colours): string {
  if (refusals.length === 0) return '';
  const total = refusals.reduce((sum, refusal) => sum + refusal.count, 0);
  const lines = refusals.map(({ reason, count: times, lines: places }) => {
    const more = times > places.length ? ', …' : '';
    const where = `line${places.length === 1 && more === '' ? '' : 's'} ${places.join(', ')}${more}`;
    return `  ${count(times).padStart(9)}  ${reason}  ${colours.dim(where)}\n`;
  });
  return `${colours.yellow('refused')}: ${count(total)} ${total === 1 ? 'line' : 'lines'} of the stream\n${lines.join('')}`;
}
