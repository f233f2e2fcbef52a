// The page of costs and capacity, as Markdown: figures only from what was counted and from the dated lists of prices and quotas.
import type { RestingCost } from './at-rest.ts';
import { timeToStart, timeToWakeByEvent, timeToWakeByTime, type Passage } from './capacity.ts';
import type { PlayCounts } from './counted-play.ts';
import { ASSUMED_MILLIS } from './durations.ts';
import { costOfJourney, costOfWork, total, type Cost } from './price-of-work.ts';
import { dollarsFor, PRICE_LIST } from './prices.ts';
import { QUOTAS, type Quotas } from './quotas.ts';

export interface CountedDeployment {
  readonly stream: string;
  readonly counts: PlayCounts;
  readonly resting: readonly RestingCost[];
  readonly alarms: RestingCost;
}

const MILLION = 1_000_000;

export function costPage(deployment: CountedDeployment): string {
  const { stream, counts } = deployment;
  const { asOf, region } = PRICE_LIST;
  return (
    [
      '# What it costs, and how much it carries',
      `Computed by \`npm run costs\` from operations that were counted, prices of ${region} as of ${asOf} and quotas as of ${QUOTAS.asOf}. ` +
        'Nothing on this page is typed in; free tiers are left out, except where a line says so.',
      `Counted in a play of \`${stream}\`: ${thousands(counts.events)} calls of ${thousands(counts.customers)} customers on the journeys of ` +
        `this workspace. The packed item of a customer, each time that it is written, has ${thousands(quantile(counts.itemBytes, 0.5))} bytes in the middle, ` +
        `${thousands(quantile(counts.itemBytes, 0.99))} at the 99th percentile. Every message of a queue and every record of the stream is reckoned to ` +
        'come alone, in a call of its own: what happens on a busy day, in batches, is cheaper.',
      events(counts),
      operations(counts),
      journeys(counts),
      atRest(deployment),
      capacity(counts),
      sources(),
    ].join('\n\n') + '\n'
  );
}

function events({ work }: PlayCounts): string {
  const event = work.get('event');
  const cost: Cost = event === undefined ? NOTHING : costOfWork('event', event);
  const perMillion = event === undefined ? 0 : MILLION / event.calls;
  const average = (count: number) => (event === undefined ? '0' : (count / event.calls).toFixed(2));
  const rows = [
    ['the bus and its queue', cost.queuesAndBus],
    ['Lambda', cost.functions],
    ['the table', cost.table],
    ['logs', cost.logs],
  ] as const;
  return [
    '## A million events',
    table(
      ['of a million events that something listens to', 'US dollars'],
      [
        ...rows.map(([what, dollars]) => [what, money(dollars * perMillion)]),
        ['**all**', `**${money(total(cost) * perMillion)}**`],
      ],
    ),
    `Each is ${average(event?.reads ?? 0)} reads and ${average(event?.writes ?? 0)} conditional writes (what changes nothing is not ` +
      `written), ${average(event?.writeUnits ?? 0)} write units, and ${average(event?.indexUnits ?? 0)} of the indexes. A million events ` +
      `that nothing listens to cost ${money(dollarsFor('busEvent', MILLION))}: no rule lets them through.`,
  ].join('\n\n');
}

/** What each kind of call is, in the order in which a customer meets them. */
const CALLS: Readonly<Record<string, string>> = {
  event: 'an event',
  relay: 'the relay, for a decision that told or asked something',
  send: 'a send (its call of the provider is one more)',
  await: 'a wait for events or for a date',
  decide: 'a plan behind a wait',
  update: 'an update of the profile',
  emit: 'an event of a journey, put on the bus',
  invoke: 'a call of a function',
  webhook: 'a call of an endpoint',
  enter: 'the entry into another journey',
  look: 'a look because of the time',
  ask: 'a customer asked in a broadcast or schedule',
};

function operations({ work, effects }: PlayCounts): string {
  const relay = work.get('relay');
  const rows = Object.entries(CALLS).flatMap(([kind, what]) => {
    const one = work.get(kind);
    if (one === undefined) return [];
    const average = (count: number) => (count / one.calls).toFixed(2);
    const { reads, writes, writeUnits, indexUnits, told } = one;
    return [[what, thousands(one.calls), ...[reads, writes, writeUnits, indexUnits, told].map(average)]];
  });
  return [
    '## What each asks of the table',
    table(
      ['', 'counted', 'reads', 'conditional writes', 'write units', 'of indexes', 'entries of timelines'],
      rows,
    ),
    `The means of all calls, deferrals, refusals and lost races among them. A send that goes out is one read, two writes (claim and record) ` +
      'and one call of the provider; SMS and WhatsApp a third write, of the id by which reports name the message; messages in the app a third, ' +
      `the message itself. The relay was to start, wake or stop ${thousands(effects)} executions, and confirmed that with ${thousands(relay?.writes ?? 0)} writes, ` +
      `one for each, and one for each of the ${thousands(work.get('emit')?.calls ?? 0)} events that journeys put on the bus; a timeline is written only where a decision told something.`,
  ].join('\n\n');
}

function journeys({ journeys: all }: PlayCounts): string {
  const costs = [...all]
    .map(([id, one]) => costOfJourney(id, one))
    .toSorted((a, b) => (a.journey < b.journey ? -1 : 1));
  return [
    '## A million runs of each journey',
    table(
      [
        'journey',
        'runs counted',
        'transitions each',
        'orchestration',
        'functions, table, logs',
        'messages',
        'all',
      ],
      costs.map((cost) => [
        cost.journey,
        thousands(cost.runsCounted),
        cost.transitionsOfOne.toFixed(1),
        money(cost.orchestration),
        money(cost.everythingElse),
        money(cost.messages),
        money(cost.orchestration + cost.everythingElse + cost.messages),
      ]),
    ),
    'US dollars. Orchestration is the state transitions of Step Functions, deferrals and ends by time included. Messages are those ' +
      'that were sent: many runs end before their last one. The events that let customers in and on are in the table above.',
  ].join('\n\n');
}

function atRest({ counts, resting, alarms }: CountedDeployment): string {
  const { tableStorage, tableBackup } = PRICE_LIST.prices;
  const gigabyte = tableStorage.dollars + tableBackup.dollars;
  const sum = resting.reduce((all, { dollars }) => all + dollars, 0);
  return [
    '## A month in which nothing happens',
    table(
      ['', 'counted', 'US dollars'],
      [
        ...resting.map(({ what, count, dollars }) => [what, count, dollars.toFixed(2)]),
        ['**all without alarms**', '', `**${sum.toFixed(2)}**`],
        [alarms.what, alarms.count, alarms.dollars.toFixed(2)],
      ],
    ),
    `Profiles at rest cost ${money(gigabyte)} a GB and month with their backup: a million customers of the size above, without their ` +
      `timelines, ${money((gigabyte * MILLION * quantile(counts.itemBytes, 0.5)) / 1e9)}.`,
  ].join('\n\n');
}

function capacity({ journeys: all }: PlayCounts): string {
  const runs = [...all.values()].reduce((sum, one) => sum + one.runs, 0);
  const transitions = [...all.values()].reduce((sum, one) => sum + one.transitions, 0);
  const average = Math.max(1, transitions / Math.max(1, runs));
  const crowds = [1, 10, 100].map((millions) => millions * MILLION);
  const quotas: readonly (readonly [string, Quotas])[] = [
    ['default, us-east-1', QUOTAS.default],
    ['default, most Regions', QUOTAS.elsewhere],
    ['raised tenfold', QUOTAS.raised],
  ];
  const rows = crowds.flatMap((customers) =>
    quotas.map(([name, quota]) => {
      const crowd = { customers, transitions: average, emails: 0 };
      return [
        thousands(customers),
        name,
        took(timeToStart(crowd, quota)),
        took(timeToWakeByTime(crowd, quota)),
        took(timeToWakeByEvent(crowd, quota)),
        duration(customers / quota.emails),
        customers > quota.openExecutions ? 'no' : 'yes',
      ];
    }),
  );
  return [
    '## How long very many customers take',
    table(
      [
        'customers',
        'quotas',
        'to start',
        'to wake by time',
        'to wake by an event',
        'one e-mail each',
        'all inside at once',
      ],
      rows,
      'text',
    ),
    `Of each, ${average.toFixed(1)} state transitions follow at once, the mean of a whole run. What is narrowest decides: starts ` +
      `(${QUOTAS.default.starts} a second in us-east-1, two thirds of its quota), answers to waits (${QUOTAS.default.wakes}), transitions ` +
      `(${thousands(QUOTAS.default.transitions)}), and e-mails: an account's own rate, ${QUOTAS.default.emails} a second at first, if its quota of a day is as large. ` +
      'Nothing is lost meanwhile: starts wait in a queue, throttled answers and transitions are tried again by the platform, sends ' +
      'get a slot. Where not all fit inside at once, the quota of open executions has to be raised before.',
  ].join('\n\n');
}

function sources(): string {
  return [
    '## Prices and assumptions',
    table(
      ['what', 'US dollars', 'for', 'source'],
      Object.values(PRICE_LIST.prices).map(({ dollars, per, unit, source }) => [
        unit,
        String(dollars),
        per === 1 ? 'one' : thousands(per),
        source,
      ]),
      'text',
    ),
    `Assumed, because no account can be asked: a call of a function takes ${ASSUMED_MILLIS.own} ms of its own, ${ASSUMED_MILLIS.table} ms ` +
      `for each read or write, ${ASSUMED_MILLIS.execution} ms to start, wake or stop an execution, ${ASSUMED_MILLIS.provider} ms for a ` +
      `provider and ${ASSUMED_MILLIS.outside} ms for a function or endpoint of yours.`,
  ].join('\n\n');
}

const NOTHING: Cost = { functions: 0, table: 0, queuesAndBus: 0, logs: 0 };

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  rest: 'text' | 'figures' = 'figures',
): string {
  const rule = head.map((_, index) => (index === 0 || rest === 'text' ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function took({ seconds, narrowest }: Passage): string {
  return `${duration(seconds)} (${narrowest})`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  const hours = seconds / 3600;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;
}

function money(dollars: number): string {
  return dollars >= 1000 ? thousands(Math.round(dollars)) : dollars.toFixed(2);
}

function thousands(count: number): string {
  return count.toLocaleString('en-US');
}

function quantile(sorted: readonly number[], at: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0;
}
