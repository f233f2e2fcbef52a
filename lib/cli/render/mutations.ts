// Changes of journeys that no scenario notices, with the place and what a scenario would have to show.
import type { MutationResult } from '#lib/simulator/scenarios/mutate/find-unnoticed.ts';
import type { Colours } from '../terminal.ts';
import { counted } from './numbers.ts';

/** A line for each journey, and two for each change that goes unnoticed; ends with a newline. */
export function renderMutations(
  results: readonly MutationResult[],
  folder: string,
  colours: Colours,
): string {
  const width = Math.max(...results.map(({ journey }) => journey.length));
  const lines = results.flatMap(({ journey, changes, unnoticed }) => {
    const mark = unnoticed.length === 0 ? colours.green('✓') : colours.yellow('!');
    const count = unnoticed.length === 0 ? 'all noticed' : colours.yellow(`${unnoticed.length} unnoticed`);
    return [
      `${mark} ${journey.padEnd(width)}  ${counted(changes, 'change')}, ${count}`,
      ...unnoticed.flatMap(({ file, line, what, advice }) => [
        `    ${colours.bold(`${folder}/${file}:${line}`)}  ${what}`,
        `      ${colours.dim(`show ${advice}`)}`,
      ]),
    ];
  });
  const unnoticed = results.reduce((sum, each) => sum + each.unnoticed.length, 0);
  const changes = results.reduce((sum, each) => sum + each.changes, 0);
  const closing =
    unnoticed === 0
      ? colours.green(`${counted(changes, 'change')}, each noticed by a scenario`)
      : colours.yellow(`${unnoticed} of ${counted(changes, 'change')} noticed by no scenario`);
  return `${colours.bold('Changes')}\n${lines.join('\n')}\n\n${closing}\n`;
}
