// The figures of `wend check --figures` as tables: messages of a customer, and what each path costs.
import {
  PRICE_OF_TRANSITIONS,
  type JourneyFigures,
  type PathFigures,
} from '#lib/compiler/journey-figures.ts';
import type { MostMessages } from '#lib/compiler/most-messages.ts';
import type { Colours } from '../terminal.ts';
import { renderTable } from './table.ts';

/** Both tables with their headings; ends with a newline. */
export function renderFigures(figures: readonly JourneyFigures[], colours: Colours): string {
  const { region, dollarsPerMillion } = PRICE_OF_TRANSITIONS;
  return [
    colours.bold('The most messages that one customer can get'),
    renderTable(
      [
        { title: 'journey' },
        { title: 'messages' },
        { title: 'a run', align: 'right' },
        { title: '24 hours', align: 'right' },
        { title: 'because of', width: 56 },
      ],
      figures.flatMap((one) => [
        ...messageRow(one.journey, 'marketing', one.marketing),
        ...messageRow(one.journey, 'transactional', one.transactional),
      ]),
      colours,
    ),
    colours.bold(
      `What a thousand runs cost: state transitions at $${dollarsPerMillion} a million, as in ${region}`,
    ),
    renderTable(
      [
        { title: 'journey' },
        { title: 'path', width: 72 },
        { title: 'transitions', align: 'right' },
        { title: 'cost', align: 'right' },
      ],
      figures.flatMap(({ journey, paths, allPaths }) => [
        ...paths.slice(0, MOST_SHOWN).map((path) => pathRow(journey, path)),
        ...restOf(journey, paths.slice(MOST_SHOWN), allPaths),
      ]),
      colours,
    ),
  ].join('\n');
}

function messageRow(journey: string, messages: string, most: MostMessages): string[][] {
  const { perRun, perDay, because } = most;
  return perRun === 0 ? [] : [[journey, messages, String(perRun), String(perDay), because]];
}

/** Paths of one journey that are worth reading; a loop or a few waits in a row make hundreds, which `--json` has. */
const MOST_SHOWN = 20;

function restOf(journey: string, paths: readonly PathFigures[], allPaths: boolean): string[][] {
  if (paths.length === 0) return allPaths ? [] : [[journey, 'and more', '', '']];
  const transitions = paths.map((path) => path.transitions);
  const least = Math.min(...transitions);
  const most = Math.max(...transitions);
  const number = `and ${allPaths ? '' : 'more than '}${paths.length} more (--json lists ${allPaths ? 'them' : 'the first'})`;
  return [[journey, number, least === most ? String(least) : `${least} to ${most}`, '']];
}

function pathRow(
  journey: string,
  { ways, exit, transitions, dollarsPerThousandRuns }: PathFigures,
): string[] {
  const path = [...ways, ...(exit === undefined ? [] : [`exit: ${exit}`])].join(', ') || 'the only one';
  return [journey, path, String(transitions), `$${dollarsPerThousandRuns.toFixed(3)}`];
}
