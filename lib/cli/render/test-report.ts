// What scenarios came to: a line for each journey whose scenarios all pass, and each failure with both timelines side by side.
import type { Colours } from '../terminal.ts';
import { counted } from './numbers.ts';
import { renderFailure } from './scenario-failure.ts';
import type { PlayedScenario } from './test-json.ts';

/** What the report is printed with. */
export interface TestRendering {
  readonly folder: string;
  /** The workspace's zone, for customers without one. */
  readonly zone: string;
  readonly colours: Colours;
}

/** The whole report; ends with a newline. */
export function renderTests(played: readonly PlayedScenario[], rendering: TestRendering): string {
  const { colours } = rendering;
  const journeys = [...new Set(played.map(({ placed }) => placed.journey))];
  const width = Math.max(...journeys.map((journey) => journey.length));
  const lines = journeys.map((journey) => {
    const own = played.filter(({ placed }) => placed.journey === journey);
    const failed = own.filter(({ result }) => !result.passed).length;
    const mark = failed === 0 ? colours.green('✓') : colours.red('✗');
    const scenarios = counted(own.length, 'scenario');
    return `${mark} ${journey.padEnd(width)}  ${scenarios}${failed === 0 ? '' : colours.red(`, ${failed} failed`)}`;
  });
  const failures = played
    .filter(({ result }) => !result.passed)
    .map((each) => renderFailure(each, rendering));
  return `${[...failures, `${lines.join('\n')}\n`, closing(played, colours)].join('\n')}\n`;
}

function closing(played: readonly PlayedScenario[], colours: Colours): string {
  const failed = played.filter(({ result }) => !result.passed).length;
  const all = counted(played.length, 'scenario');
  return failed === 0 ? colours.green(`${all}, all as expected`) : colours.red(`${all}, ${failed} failed`);
}
