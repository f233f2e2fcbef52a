// `npm run bench`: the figures that the README and the change log quote, measured as they are printed. On the large public
// event stream where it lies beside the checkout, else on the sample stream.
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Table from 'cli-table3';
import { compileManifest } from '#lib/compiler/compile.ts';
import { legsOf } from '#lib/compiler/plan/legs.ts';
import { loadWorkspace } from '#lib/cli/load-workspace.ts';
import { measureDecisions } from './bench/decisions.ts';
import { measureStarts } from './bench/function-starts.ts';
import { measureJournalRestart } from './bench/journal-restart.ts';
import { measureLocalCloud } from './bench/local-cloud.ts';
import { writeManyJourneys } from './bench/many-journeys.ts';
import { measure } from './bench/measured-command.ts';
import { measureYear, writeManyScenarios } from './bench/scenarios.ts';
import { transitionRows } from './bench/transitions.ts';

const ROOT = resolve(import.meta.dirname, '..');
const WORKSPACE = join(ROOT, 'workspace');
const SAMPLE = join(WORKSPACE, 'events/sample.jsonl.gz');
const LARGE = resolve(ROOT, '../shared/data/retail-demo-store/events.jsonl.gz');
const RUNS = 3;
const JOURNEYS = 1000;
const SCENARIOS = 1000;
/** Items that a local cloud with --data takes up again at its start: several times the customers that a laptop is for. */
const KEPT_ITEMS = 30_000;
/** Starts of each function: a process each, so that the median is that of a quiet moment. */
const STARTS = 7;

const stream = existsSync(LARGE) ? LARGE : SAMPLE;
const consent = stream === LARGE ? ['promotions'] : [];
const figures = new Table({ head: ['what', 'figure', 'wanted', 'command'], style: { head: [], border: [] } });

const play = measure(
  ['play', '--events', stream, ...consent.flatMap((topic) => ['--assume-consent', topic]), '--json'],
  RUNS,
);
const report = JSON.parse(play.output) as {
  events: number;
  customers: number;
  messages: Record<string, Record<string, { sent: number; deferred: Record<string, number> }>>;
  journeys: Record<string, { exited: Record<string, number>; transitions: number }>;
};
const byChannel = Object.values(report.messages).flatMap((channels) => Object.entries(channels));
const emails = byChannel
  .filter(([channel]) => channel === 'email')
  .reduce((sum, [, one]) => sum + one.sent, 0);
const quiet = byChannel.reduce((sum, [, one]) => sum + (one.deferred['quiet hours'] ?? 0), 0);
const goals = Object.values(report.journeys).reduce((sum, one) => sum + (one.exited['goal'] ?? 0), 0);
const transitions = Object.values(report.journeys).reduce((sum, one) => sum + one.transitions, 0);
const playCommand = `wend play (median of ${RUNS})`;
figures.push(
  [
    `play of ${report.events} events, ${report.customers} customers`,
    `${play.seconds.toFixed(1)} s`,
    '< 20 s',
    playCommand,
  ],
  ['  processor time', `${play.cpuSeconds.toFixed(1)} s`, '', playCommand],
  ['  peak memory', `${play.peakMegabytes.toFixed(0)} MB`, '< 700 MB', playCommand],
  ['  e-mails accepted', String(emails), '>= 2000', playCommand],
  ['  exits by goal', String(goals), '> 0', playCommand],
  ['  deferrals by quiet hours', String(quiet), '> 0', playCommand],
  ['  state transitions', String(transitions), '', playCommand],
);

const folder = writeManyJourneys(JOURNEYS);
const check = measure(['check', '--workspace', folder, '--json'], RUNS);
rmSync(folder, { recursive: true });
figures.push([
  `check of ${JOURNEYS} journeys of 20 steps`,
  `${check.seconds.toFixed(2)} s`,
  '< 3 s',
  `wend check (median of ${RUNS})`,
]);

const manyScenarios = writeManyScenarios(SCENARIOS);
const test = measure(['test', '--workspace', manyScenarios, '--json'], RUNS);
rmSync(manyScenarios, { recursive: true });
const tested = JSON.parse(test.output) as { scenarios: number };
figures.push(
  [
    `${tested.scenarios} scenarios of days to weeks`,
    `${test.seconds.toFixed(1)} s`,
    '< 10 s',
    `wend test (median of ${RUNS})`,
  ],
  [
    'one scenario of a year with 50 waits',
    `${(await measureYear()).toFixed(0)} ms`,
    '< 100 ms',
    'in process',
  ],
);

const workspace = await loadWorkspace(WORKSPACE);
const decisions = await measureDecisions(workspace, stream, consent);
const micros = (value: number): string => `${value.toFixed(1)} µs`;
const bytes = (value: number): string => `${value} bytes`;
figures.push(
  [`decide, one event, median of ${decisions.decided}`, micros(decisions.medianOfAll), '< 50 µs', 'decide()'],
  [
    `  of the ${decisions.changing} that change the profile`,
    micros(decisions.medianOfChanging),
    '< 50 µs',
    'decide()',
  ],
  ['  99th percentile of those', micros(decisions.p99OfChanging), '', 'decide()'],
  [
    `customer document, median of ${decisions.documents}`,
    bytes(decisions.medianSize),
    '< 4 KB',
    'JSON of the document',
  ],
  ['  99th percentile', bytes(decisions.p99Size), '', 'JSON of the document'],
  ['  largest', bytes(decisions.largestSize), '', 'JSON of the document'],
  ['  item of the table, median', bytes(decisions.medianItem), '', 'packed (ADR 28)'],
  ['  99th percentile', bytes(decisions.p99Item), '', 'packed'],
  ['  units to write one, mean', decisions.writeUnits.toFixed(2), '', 'packed'],
  ['  if it were a map', decisions.writeUnitsAsMaps.toFixed(2), '', 'marshalled'],
);
const starts = await measureStarts({ workspace: WORKSPACE, versions: join(ROOT, 'state-machines') }, STARTS);
const slowest = starts.toSorted((a, b) => b.millis - a.millis)[0];
const largest = starts.toSorted((a, b) => b.bytes - a.bytes)[0];
figures.push(
  [
    `start of the slowest function, ${slowest?.name}`,
    `${slowest?.millis.toFixed(0)} ms`,
    '< 150 ms',
    `import of its bundle (median of ${STARTS})`,
  ],
  ['  processor time', `${slowest?.processorMillis.toFixed(0)} ms`, '', 'import of its bundle'],
  [
    `code of the largest function, ${largest?.name}`,
    `${((largest?.bytes ?? 0) / 1000).toFixed(0)} KB`,
    '< 1000 KB',
    'minified',
  ],
);
const local = await measureLocalCloud();
const seconds = (value: number): string => `${value.toFixed(1)} s`;
const megabytes = (value: number): string => `${value.toFixed(0)} MB`;
figures.push(
  ['local cloud, start to page', seconds(local.page), '', 'wend start (once)'],
  ['  to the first message on it', seconds(local.firstMessage), '< 20 s', 'wend start'],
  ["  to the end of the sample's day", seconds(local.sample), '', 'wend start'],
  ['  peak memory until then', megabytes(local.peak), '< 800 MB', 'wend start'],
  ['  memory then', megabytes(local.atSamplesEnd), '< 800 MB', 'wend start'],
  ['  memory after 90 s of nothing', megabytes(local.idle), '< 800 MB', 'wend start'],
);
const kept = await measureJournalRestart(KEPT_ITEMS);
figures.push([
  `restart of ${kept.items} kept items of a kilobyte, ${megabytes(kept.journalMegabytes)}`,
  seconds(kept.seconds),
  '',
  'journal and tables of wend start --data',
]);
console.log(figures.toString());

const rows = transitionRows(workspace.journeys.map((one) => compileManifest(one.manifest).manifest));
const paths = new Table({
  head: ['journey', 'path', 'steps', 'transitions', 'allowed', 'per step'],
  colWidths: [22, 60, 7, 13, 9, 10],
  wordWrap: true,
  style: { head: [], border: [] },
});
for (const row of rows)
  paths.push([
    row.journey,
    row.path,
    row.steps,
    row.transitions,
    row.allowed,
    (row.transitions / Math.max(1, row.steps)).toFixed(2),
  ]);
console.log(paths.toString());
// Each leg is what a backend of Express executions would run between two waits.
const legs = workspace.journeys.reduce((sum, one) => sum + legsOf(one.manifest.flow).length, 0);
console.log(`${workspace.journeys.length} journeys have ${legs} legs between waits`);
const over = rows.filter((row) => row.transitions > row.allowed);
console.log(`${rows.length} paths, ${over.length} with more transitions than the cost table allows`);
if (over.length > 0) process.exitCode = 1;
