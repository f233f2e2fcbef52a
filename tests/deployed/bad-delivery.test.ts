// The local cloud as bad as AWS may be (`--chaos SEED`): messages and records that come twice, late or in split batches, throttled calls,
// functions that die after their work, providers that do not answer. What is decided may come later than in a play; what must hold, holds.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { toMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { deployedWorkspace } from '#lib/laptop/deployed-parts.ts';
import type { StackAssembly } from '#lib/local/deployment/assembly.ts';
import { countDocuments } from '#lib/simulator/books.ts';
import { differing } from './differing.ts';
import { RunningDeployment } from './running-deployment.ts';
import { played, PLAYED_SECRET, sampleUntil, type Played } from './sample-stretch.ts';
import { SkippingTimers } from './skipping-timers.ts';
import { synthesisedStack } from './synthesised-stack.ts';

const STRETCH = sampleUntil('2026-03-05T00:00:00.000Z' as Instant);
/** Another one is tried with `CHAOS_SEED=7`. */
const SEED = Number(process.env['CHAOS_SEED'] ?? 1);
const DAY_MILLIS = 24 * 60 * 60 * 1000;
/** A message of a queue comes back after six minutes at the most, five times; Tasks are tried again for longer, more seldom. */
const ATTEMPTS_MILLIS = 45 * 60 * 1000;

let assembly: StackAssembly;
let promised: Played;

beforeAll(async () => {
  [assembly, promised] = await Promise.all([synthesisedStack(), played(STRETCH)]);
}, 300_000);

describe('with what AWS may do wrong', () => {
  const timers = new SkippingTimers();
  let deployment: RunningDeployment;
  const documents = new Map<string, CustomerDocument>();
  const logs = new Map<string, readonly LogEntry[]>();

  beforeAll(async () => {
    deployment = await RunningDeployment.open({
      assembly,
      start: promised.result.first,
      secret: PLAYED_SECRET,
      chaos: SEED,
      timers,
    });
    let day = '';
    for (const [instant, calls] of STRETCH.arrivals) {
      if (instant.slice(0, 10) !== day) await catchUp();
      day = instant.slice(0, 10);
      await deployment.goTo(instant);
      await deployment.put(calls);
    }
    await deployment.goTo(STRETCH.until);
    await catchUp();
    for (const external of STRETCH.externals) {
      const customer = promised.customerOf(external);
      const document = await deployment.documentOf(customer);
      if (document !== undefined) documents.set(customer, document);
      logs.set(customer, await deployment.logOf(customer));
    }
  }, 600_000);
  afterAll(async () => {
    await deployment.close();
    // Test files share their process.
    documents.clear();
    logs.clear();
    [deployment, promised] = [] as unknown as [RunningDeployment, Played];
  });

  /** What has failed is tried again, until it is through or given up. */
  function catchUp(): Promise<void> {
    return timers.skip(ATTEMPTS_MILLIS, () => deployment.rest());
  }

  it('much goes wrong', () => {
    const functions = deployment.running.operations.functions();
    expect(functions.reduce((sum, { throttles }) => sum + throttles, 0)).toBeGreaterThan(5);
    // Neither of these two ever fails by itself.
    const died = functions.filter(({ name }) => /ingest-events|relay-effects/.test(name));
    expect(died.reduce((sum, { errors }) => sum + errors, 0)).toBeGreaterThan(2);
  });

  it('no marketing message is sent twice', () => {
    const marketing = marketingSteps();
    const claimed = counted(
      [...logs].flatMap(([customer, log]) =>
        log
          .filter(({ kind }) => kind === 'sends')
          .map(({ journey, step, channel }) => [customer, journey, step, channel].join(' ')),
      ),
    );
    const taken = counted(
      deployment.messages
        .filter(({ journey, step }) => marketing.has(`${journey} ${step}`))
        .map(({ customer, journey, step, channel }) => [customer, journey, step, channel].join(' ')),
    );
    expect(taken.size).toBeGreaterThan(30);
    expect([...taken].filter(([send, times]) => times > (claimed.get(send) ?? 0))).toEqual([]);
  });

  it('no customer gets more than the caps allow', () => {
    const marketing = marketingSteps();
    const figures = Array.from(logs.values(), (log) =>
      log
        .filter(({ kind, journey, step }) => kind === 'sends' && marketing.has(`${journey} ${step}`))
        .map(({ at }) => toMillis(at)),
    ).map((sent) => [most(sent, 1), most(sent, 7)] as const);
    // Those of settings.json; somebody has used them up.
    expect(Math.max(...figures.map(([day]) => day))).toBe(2);
    expect(Math.max(...figures.map(([, week]) => week))).toBeLessThanOrEqual(5);
  });

  it('every run is accounted for', () => {
    const journeys = countDocuments(documents.values());
    expect(journeys.size).toBeGreaterThan(3);
    for (const [journey, { entered, active, completed, exited, failed }] of journeys) {
      const sum = active + completed + failed + [...exited.values()].reduce((a, b) => a + b, 0);
      expect([journey, sum]).toEqual([journey, entered]);
    }
    const running = new Set(deployment.running.executions.running().map(({ name }) => name.split('-')[0]));
    const lost = [...documents.values()].flatMap(({ runs }) =>
      Object.entries(runs).flatMap(([run, { over, phase }]) =>
        over === undefined && phase === 'running' && !running.has(run) ? [run] : [],
      ),
    );
    expect(lost).toEqual([]);
  });

  it('nothing is given up but what the play refuses as well', () => {
    const refused = Object.values(promised.result.report.refused).reduce((sum, count) => sum + count, 0);
    const reasons = deployment.deadLetters.map(({ reason }) => reason);
    expect(reasons.filter((reason) => reason !== 'no customer')).toEqual([]);
    expect(new Set(deployment.deadLetters.map(({ body }) => body)).size).toBe(refused);
  });

  it('customers are known as in the play', () => {
    const deployed = new Map(Array.from(documents, ([customer, document]) => [customer, known(document)]));
    const ours = new Map(
      Array.from(promised.documents, ([customer, document]) => [customer, known(document)]),
    );
    expect(differing(deployed, ours).slice(0, 5)).toEqual([]);
  });
});

/** Journey and step → class of its messages. */
function marketingSteps(): ReadonlySet<string> {
  return new Set(
    deployedWorkspace(assembly).manifests.flatMap(({ journey, flow }) =>
      Object.entries(flow.nodes).flatMap(([step, node]) =>
        node.kind === 'send' && node.settings.class === 'marketing' ? [`${journey} ${step}`] : [],
      ),
    ),
  );
}

/** How often each of them is there. */
function counted(texts: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    Array.from(
      Map.groupBy(texts, (text) => text),
      ([text, some]) => [text, some.length],
    ),
  );
}

/** The most within so many days that end with one of them. */
function most(sent: readonly number[], days: number): number {
  return Math.max(
    0,
    ...sent.map((at) => sent.filter((one) => one <= at && at - one < days * DAY_MILLIS).length),
  );
}

/** Steps that came late date what they set by when they came. */
function known({ traits, consent }: CustomerDocument): unknown {
  return [Object.fromEntries(Object.entries(traits).map(([name, { value }]) => [name, value])), consent];
}
