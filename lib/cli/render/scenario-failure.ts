// A scenario that failed: what was expected and what happened side by side, in the customer's local time, and why.
import type { Instant } from '#lib/contracts/time.ts';
import { customerZone } from '#lib/engine/time/zones.ts';
import { resolveMoment } from '#lib/simulator/scenarios/moment.ts';
import type { Scenario } from '#lib/simulator/scenarios/test-file.ts';
import type { Colours } from '../terminal.ts';
import { happenedInWords } from '#lib/engine/happened-in-words.ts';
import { saidInWords } from './said-in-words.ts';
import { localMoment, localYear } from './local-moment.ts';
import { renderTable } from './table.ts';
import type { PlayedScenario } from './test-json.ts';
import type { TestRendering } from './test-report.ts';
import { reasonsFor } from './test-reasons.ts';

const COLUMNS = [
  { title: 'when', width: 22 },
  { title: 'expected', width: 38 },
  { title: '', width: 4 },
  { title: 'happened', width: 44 },
];

interface Row {
  readonly at: string;
  /** What was given comes before what came of it. */
  readonly order: number;
  readonly cells: readonly [string, string, string];
  /** Rows in a row that share this text say the same; absent where each counts. */
  readonly same?: string;
}

/** Heading, a table for each customer concerned, and the reasons; ends with a newline. */
export function renderFailure({ placed, result }: PlayedScenario, rendering: TestRendering): string {
  const { colours, folder } = rendering;
  const { scenario, file, line, journey } = placed;
  const heading = [
    `${colours.red('✗')} ${colours.bold(scenario.name)}`,
    colours.dim(`  ${journey} · ${folder}/${file}:${line}`),
    ...result.problems.map((problem) => `  ${colours.red('problem')}: ${problem}`),
  ];
  const concerned = new Set([
    ...result.missing.map(({ expected }) => expected.customer),
    ...result.unexpected.map(({ external }) => external),
  ]);
  const tables = scenario.customers
    .filter(({ id }) => concerned.has(id))
    .map(({ id }) => renderCustomer(id, { placed, result }, rendering));
  return `${heading.join('\n')}\n${tables.map((table) => `\n${table}`).join('')}`;
}

function renderCustomer(id: string, played: PlayedScenario, rendering: TestRendering): string {
  const { colours } = rendering;
  const { placed, result } = played;
  const zone = zoneOf(id, placed.scenario, rendering.zone);
  const year = localYear(result.start, zone);
  const moment = (instant: Instant): string => localMoment(instant, zone, year);
  const rows = rowsOf(id, played, rendering, moment).toSorted(
    (a, b) => Number(a.at > b.at) - Number(a.at < b.at) || a.order - b.order,
  );
  let before = '';
  const cells = rows.map(({ at, cells: [expected, mark, happened] }) => {
    const when = at === before || at === LAST ? '' : moment(at as Instant);
    before = at;
    return [when, expected, mark, happened];
  });
  const title = `  ${colours.bold(id)} ${colours.dim(`${zone}, ${year}`)}`;
  const reasons = reasonsFor(id, result, moment).map((reason) => `  ${colours.yellow('why')}: ${reason}\n`);
  return `${title}\n${renderTable(COLUMNS, cells, colours)}${reasons.length === 0 ? '' : '\n'}${reasons.join('')}`;
}

/** Sorts behind every instant. */
const LAST = 'z';

function rowsOf(
  id: string,
  { placed: { scenario }, result }: PlayedScenario,
  { colours, zone }: TestRendering,
  moment: (instant: Instant) => string,
): Row[] {
  const words = (actual: Parameters<typeof happenedInWords>[0]): string => happenedInWords(actual, moment);
  const mine = result.actual.filter(({ external }) => external === id);
  const metBy = new Map([...result.met].map(([index, actual]) => [actual, index]));
  const given = scenario.timeline
    .filter(({ customer = scenario.customers[0]?.id }) => customer === id)
    .map((entry): Row => {
      const at = resolveMoment(entry.at, result.start, zone);
      return { at, order: 0, cells: [colours.cyan(`» ${saidInWords(entry)}`), '', ''] };
    });
  const together = new Map(
    result.missing
      .filter(({ expected, instead }) => instead !== undefined && instead.actual.at === expected.at)
      .map((missing) => [missing.instead?.actual, missing]),
  );
  const happened = mine.map((actual, place): Row => {
    const index = metBy.get(actual);
    const expected = result.expected.find((each) => each.index === index);
    const missed = together.get(actual);
    const order = 1 + place;
    if (expected !== undefined) {
      const cells: Row['cells'] = [expected.kind.words(expected.fields), colours.green('='), words(actual)];
      return { at: actual.at, order, cells };
    }
    if (missed !== undefined) {
      const wanted = missed.expected.kind.words(missed.expected.fields);
      return {
        at: actual.at,
        order,
        cells: [colours.red(wanted), colours.red('≠'), colours.red(words(actual))],
      };
    }
    if (result.unexpected.includes(actual))
      return {
        at: actual.at,
        order,
        cells: [colours.red('nothing else'), colours.red('≠'), colours.red(words(actual))],
      };
    const same = `${actual.kind} ${actual.step} ${actual.reason}`;
    return { at: actual.at, order, same, cells: ['', '', colours.dim(words(actual))] };
  });
  const missing = result.missing
    .filter((one) => one.expected.customer === id && !together.has(one.instead?.actual))
    .map(({ expected: { at = LAST, kind, fields } }): Row => {
      const cells: Row['cells'] = [colours.red(kind.words(fields)), colours.red('≠'), colours.red('–')];
      return { at, order: 10_000, cells };
    });
  return [...given, ...shortened(happened, colours), ...missing];
}

/** How many of the same in a row are shown before the rest is only counted. */
const MOST_ALIKE = 3;

/** A provider that is busy for a day is asked a thousand times: only the first and the last of them are worth a line. */
function shortened(rows: readonly Row[], colours: Colours): Row[] {
  const kept: Row[] = [];
  let alike: Row[] = [];
  const flush = (): void => {
    const left = alike.length - MOST_ALIKE;
    if (left < 2) kept.push(...alike);
    else {
      const more: Row = {
        ...rowAt(alike, MOST_ALIKE - 1),
        cells: ['', '', colours.dim(`… ${left} more of these`)],
      };
      kept.push(...alike.slice(0, MOST_ALIKE - 1), more, rowAt(alike, alike.length - 1));
    }
    alike = [];
  };
  for (const row of rows) {
    const [first] = alike;
    if (first !== undefined && (row.same === undefined || row.same !== first.same)) flush();
    alike.push(row);
  }
  flush();
  return kept;
}

function rowAt(rows: readonly Row[], index: number): Row {
  const row = rows[index];
  if (row === undefined) throw new RangeError('no such row');
  return row;
}

function zoneOf(id: string, { customers }: Scenario, zone: string): string {
  const traits = customers.find((customer) => customer.id === id)?.traits ?? {};
  const { timezone, country, phone } = traits;
  return customerZone({ timezone, country, phone }, zone).zone;
}
