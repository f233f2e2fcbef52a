// `npm run hazards`: runs the tests and journey tests that show, hazard by hazard, that what goes wrong elsewhere does not go
// wrong here, and prints which ones ran. Exit code 1 where one is missing, failed or was skipped, or where a page that says
// why a hazard cannot occur has lost its heading.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { Explained, Hazard, ShownByScenario, ShownByTest } from './hazards/hazard.ts';
import { HAZARDS } from './hazards/hazards.ts';

/** Hazards may be explained away on a page instead of shown by a test, but only so many. */
const MOST_EXPLAINED = 6;
const ROOT = resolve(import.meta.dirname, '..');

/** Full name and outcome of every test that ran, by file. */
type Outcomes = ReadonlyMap<string, readonly { readonly name: string; readonly passed: boolean }[]>;

const isTest = (one: ShownByTest | ShownByScenario): one is ShownByTest => 'file' in one;

function runTests(files: readonly string[]): Outcomes {
  const folder = mkdtempSync(join(tmpdir(), 'wend-hazards-'));
  const output = join(folder, 'report.json');
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  spawnSync(process.execPath, [vitest, 'run', '--reporter=json', `--outputFile=${output}`, ...files], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (!existsSync(output)) return new Map();
  const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as {
    testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
  };
  rmSync(folder, { recursive: true });
  return new Map(
    testResults.map(({ name, assertionResults }) => [
      relative(ROOT, name),
      assertionResults.map((one) => ({ name: one.fullName, passed: one.status === 'passed' })),
    ]),
  );
}

/** Name and outcome of every journey test of the workspace, by journey. */
function runScenarios(): Outcomes {
  const run = spawnSync(process.execPath, [join(ROOT, 'bin/wend.ts'), 'test', '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const { results } = JSON.parse(run.stdout) as {
    results: { journey: string; scenario: string; passed: boolean }[];
  };
  const named = results.map(({ journey, scenario, passed }) => ({ journey, name: scenario, passed }));
  return Map.groupBy(named, ({ journey }) => journey);
}

/** What is wrong with the place where a hazard is shown; undefined where all is well. */
function problemOf(
  shown: ShownByTest | ShownByScenario,
  tests: Outcomes,
  scenarios: Outcomes,
): string | undefined {
  const [ran, wanted] = isTest(shown)
    ? [tests.get(shown.file), shown.test]
    : [scenarios.get(shown.journey), shown.scenario];
  const found = (ran ?? []).filter(({ name }) => name.includes(wanted));
  if (found.length === 0) return 'did not run';
  return found.every(({ passed }) => passed) ? undefined : 'did not pass';
}

function hasHeading({ page, heading }: Explained): boolean {
  const file = join(ROOT, page);
  if (!existsSync(file)) return false;
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.some((line) => line.startsWith('#') && line.replace(/^#+ /, '') === heading);
}

function report(hazards: readonly Hazard[]): number {
  const shown = hazards.flatMap((hazard) => hazard.shown);
  const tests = runTests([...new Set(shown.filter(isTest).map(({ file }) => file))]);
  const scenarios: Outcomes = shown.every(isTest) ? new Map() : runScenarios();
  let problems = 0;
  const tell = (line: string, problem?: string): void => {
    if (problem !== undefined) problems += 1;
    console.log(`      ${problem === undefined ? 'ok' : problem}: ${line}`);
  };
  for (const { id, hazard, shown: places, explained } of hazards) {
    console.log(`${id}  ${hazard}`);
    for (const place of places)
      tell(
        isTest(place) ? `${place.file} > ${place.test}` : `wend test > ${place.journey} > ${place.scenario}`,
        problemOf(place, tests, scenarios),
      );
    if (explained !== undefined)
      tell(
        `cannot occur, see ${explained.page}, "${explained.heading}"`,
        hasHeading(explained) ? undefined : 'not found',
      );
    if (places.length === 0 && explained === undefined) tell('neither a test nor a page', 'missing');
  }
  const explained = hazards.filter((hazard) => hazard.explained !== undefined).length;
  if (explained > MOST_EXPLAINED) {
    problems += 1;
    console.log(`\n${explained} hazards are explained on pages; at most ${MOST_EXPLAINED} may be`);
  }
  console.log(
    `\n${hazards.length} hazards: ${hazards.length - explained} shown by tests that ran (${shown.length} places), ${explained} explained; ${problems} problems`,
  );
  return problems;
}

if (report(HAZARDS) > 0) process.exitCode = 1;
