// What scenarios have not shown, journey by journey, with file and line.
import type { JourneyCoverage } from '#lib/simulator/scenarios/coverage.ts';
import type { Colours } from '../terminal.ts';
import { counted, percent } from './numbers.ts';

/** A line for each journey, and one for each thing that is missing; ends with a newline. */
export function renderCoverage(
  coverage: readonly JourneyCoverage[],
  folder: string,
  colours: Colours,
): string {
  const width = Math.max(...coverage.map(({ journey }) => journey.length));
  const lines = coverage.flatMap(({ journey, file, covered, total, missing }) => {
    const share = percent(covered, total).padStart(5);
    const all = missing.length === 0;
    const head = `  ${journey.padEnd(width)}  ${all ? colours.green(share) : colours.yellow(share)}  ${colours.dim(`${covered} of ${counted(total, 'way')}`)}`;
    return [head, ...missing.map(({ what, line }) => `      ${folder}/${file}:${line}  ${what}`)];
  });
  const missing = coverage.reduce((sum, each) => sum + each.missing.length, 0);
  const closing =
    missing === 0
      ? colours.green('every step, arm and exit is taken by a scenario')
      : colours.yellow(`${counted(missing, 'way')} never taken by a scenario`);
  return `${colours.bold('Coverage')}\n${lines.join('\n')}\n\n${closing}\n`;
}
