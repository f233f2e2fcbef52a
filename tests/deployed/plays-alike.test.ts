// What is deployed decides and sends what `wend play` has promised: the first month of the sample stream goes through the local cloud
// (synthesised stack, packed functions, rules, filters, queues, machines) and through a play, and both come to the same, customer by
// customer, entry by entry, at the same instants. Where AWS is slower than here, it is later by that and no more.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogEntry, LogKind } from '#lib/contracts/log-entry.ts';
import { toMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { OutboxMessage } from '#lib/laptop/running-cloud.ts';
import { createLinkSigner } from '#lib/pages/links/link-signer.ts';
import type { OutboxLine, TraceLine } from '#lib/simulator/trace.ts';
import { differing } from './differing.ts';
import { RunningDeployment } from './running-deployment.ts';
import { played, PLAYED_SECRET, sampleUntil, type Played } from './sample-stretch.ts';
import { synthesisedStack } from './synthesised-stack.ts';

/** As far as the stream has told two thousand events, with every kind of decision among them. */
const STRETCH = sampleUntil('2026-04-01T00:00:00.000Z' as Instant);
const UNTIL = STRETCH.until;

let deployment: RunningDeployment;
let promised: Played;
const logs = new Map<string, readonly LogEntry[]>();

beforeAll(async () => {
  const [assembly, play] = await Promise.all([synthesisedStack(), played(STRETCH)]);
  promised = play;
  deployment = await RunningDeployment.open({ assembly, start: play.result.first, secret: PLAYED_SECRET });
  await deployment.tell(STRETCH.arrivals, UNTIL);
  for (const external of STRETCH.externals)
    logs.set(external, await deployment.logOf(play.customerOf(external)));
}, 900_000);
afterAll(async () => {
  await deployment.close();
  // Test files share their process: what a month has left behind would weigh on those that follow.
  logs.clear();
  [deployment, promised] = [] as unknown as [RunningDeployment, Played];
});

/**
 * In the order of time. A deferral that was planned into a wait is told when the wait is over, at the instant of its decision; and what
 * happens to several runs at one instant has no order. That of one run stays as it is.
 */
function byTime(log: readonly LogEntry[]): readonly LogEntry[] {
  return log.toSorted((a, b) => Number(placeOf(a) > placeOf(b)) - Number(placeOf(a) < placeOf(b)));
}

function placeOf({ at, run = '' }: LogEntry): string {
  return `${at} ${run}`;
}

function entryOf({ customer: _customer, external: _external, ...entry }: TraceLine): LogEntry {
  return entry;
}

/** A message as its customer gets it, and what it belongs to. */
interface Received {
  readonly at: number;
  readonly customer: string | undefined;
  readonly journey: string | undefined;
  readonly step: string | undefined;
  readonly channel: string;
  readonly to: readonly string[];
  readonly content: unknown;
}

function taken({ at, customer, journey, step, channel, to, ...rest }: OutboxMessage): Received {
  const { subject, html, text, content } = rest;
  const about = { at, customer, journey, step, channel };
  const shown = content as Readonly<Record<string, unknown>> | undefined;
  switch (channel) {
    case 'email':
      return { ...about, to, content: { subject, html, text } };
    case 'sms':
      return { ...about, to, content: text };
    case 'push':
      return {
        ...about,
        to,
        content: { title: shown?.['title'], body: shown?.['body'], link: shown?.['link'] },
      };
    case 'whatsapp':
    case 'inapp':
      return { ...about, to, content: shown };
    case 'webhook':
      // A play knows an endpoint by its name only.
      return { ...about, to: [], content: shown?.['body'] };
  }
}

function sentByPlay({ at, customer, journey, step, channel, to, ...rest }: OutboxLine): Received {
  const { subject, html, text, content } = rest;
  const about = { at: toMillis(at), customer, journey, step, channel };
  const shown = content as Readonly<Record<string, unknown>> | undefined;
  switch (channel) {
    case 'email':
      return { ...about, to, content: { subject, html, text } };
    case 'sms':
      return { ...about, to, content: text };
    case 'push':
      return {
        ...about,
        to,
        content: { title: shown?.['title'], body: shown?.['body'], link: shown?.['link'] },
      };
    case 'whatsapp': {
      // How the template would look is shown by a play alone.
      const { preview: _preview, ...asked } = shown ?? {};
      return { ...about, to, content: asked };
    }
    case 'inapp':
      return { ...about, to, content: shown };
    case 'webhook':
      return { ...about, to: [], content: shown };
  }
}

/** Endpoints are called by messages and by steps of their own; the latter are none of the customer's messages. */
function isCall({ customer, journey, step, at }: Received, calls: ReadonlySet<string>): boolean {
  return calls.has([customer, journey, step, at].join(' '));
}

function byCustomer(messages: readonly Received[]): ReadonlyMap<string, readonly string[]> {
  const of = Map.groupBy(messages, ({ customer }) => customer ?? 'nobody');
  // In the order of their texts: what happens at one instant has no other.
  return new Map(
    Array.from(of, ([customer, some]) => [
      customer,
      some.map((message) => withoutAddresses(JSON.stringify(inOrder(message)), customer)).toSorted(),
    ]),
  );
}

const signer = createLinkSigner(PLAYED_SECRET);

/**
 * A play has no pages, so its links lead nowhere; those of what is deployed are signed. Both become the page's name, and of the signed ones
 * it is seen that they are of that page and that customer.
 */
function withoutAddresses(json: string, customer: string): string {
  return json
    .replaceAll(
      /https:\/\/links\.invalid\/([a-z]+)\?[^\s"'<>\\]*/g,
      (_, page) => `page ${page} of ${customer}`,
    )
    .replaceAll(/https?:\/\/[^\s"'<>\\]+\/([a-z]+)\/([\w-]{40,})/g, (address, page, token: string) => {
      const { link } = signer.read(token, UNTIL) ?? {};
      return link?.purpose === page ? `page ${page} of ${link?.customer}` : address;
    });
}

/** Members by name: two sides write them in orders of their own. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, inOrder(one)]),
  );
}

function howMany(kind: LogKind): number {
  return [...logs.values()].flat().filter((entry) => entry.kind === kind).length;
}

function known(document: CustomerDocument | undefined): unknown {
  return document && [document.traits, document.consent, document.segments, document.sends, document.tallies];
}

describe('what is deployed', () => {
  it('decides of every customer what the play has decided, at the same instants', () => {
    const playedLogs = Map.groupBy(promised.trace, ({ external }) => external);
    const deployed = new Map(Array.from(logs, ([external, log]) => [external, byTime(log)]));
    const ours = new Map(
      STRETCH.externals.map((external) => [external, byTime((playedLogs.get(external) ?? []).map(entryOf))]),
    );
    expect(differing(deployed, ours).slice(0, 5)).toEqual([]);
  });

  it('sends the same messages to the same recipients at the same instants, and makes the same calls', () => {
    const called = promised.trace
      .filter(({ kind }) => kind === 'calls')
      .map(({ customer, journey, step, at }) => [customer, journey, step, toMillis(at)].join(' '));
    const calls = new Set(called);
    const all = deployment.messages.map(taken);
    const messages = all.filter((one) => !isCall(one, calls));
    expect(differing(byCustomer(messages), byCustomer(promised.outbox.map(sentByPlay))).slice(0, 3)).toEqual(
      [],
    );
    const made = all.filter((one) => isCall(one, calls));
    expect(
      made.map(({ customer, journey, step, at }) => [customer, journey, step, at].join(' ')).toSorted(),
    ).toEqual(called.toSorted());
  });

  it('knows of every customer what the play knows', async () => {
    const customers = STRETCH.externals.map((external) => promised.customerOf(external));
    const deployed = new Map<string, unknown>();
    for (const customer of customers) deployed.set(customer, known(await deployment.documentOf(customer)));
    const ours = new Map(customers.map((customer) => [customer, known(promised.documents.get(customer))]));
    expect(differing(deployed, ours).slice(0, 5)).toEqual([]);
  });

  it('was told enough of to say so', () => {
    expect(STRETCH.calls.length).toBeGreaterThanOrEqual(2000);
    expect(howMany('sends')).toBeGreaterThanOrEqual(50);
    expect(howMany('defers')).toBeGreaterThanOrEqual(20);
    expect(howMany('exits')).toBeGreaterThanOrEqual(20);
    const kinds = new Set([...logs.values()].flatMap((log) => log.map(({ kind }) => kind)));
    expect([...kinds].toSorted()).toEqual(
      // prettier-ignore
      ['calls', 'completes', 'converts', 'defers', 'emits', 'enters', 'exits', 'ignores', 'joins', 'leaves', 'refuses', 'sends', 'sets', 'skips', 'takes', 'waits'],
    );
    expect(new Set(deployment.messages.map(({ channel }) => channel)).size).toBe(6);
  });

  it('refuses what the play refuses, keeps it, and complains of nothing else', () => {
    const refused = Object.values(promised.result.report.refused).reduce((sum, count) => sum + count, 0);
    expect(refused).toBeGreaterThan(0);
    expect(deployment.deadLetters).toHaveLength(refused);
    expect(deployment.complaints.filter((line) => !line.includes(': events refused'))).toEqual([]);
  });

  it('learns of an execution that somebody has aborted', async () => {
    const { customer, run } = await deployment.abort(/welcome/);
    await deployment.goTo(UNTIL);
    const told = (await deployment.logOf(customer)).filter((entry) => entry.run === run);
    expect(told.at(-1)).toMatchObject({ at: UNTIL, kind: 'fails', run });
    expect(deployment.complaints.at(-1)).toContain('run given up');
  });

  it('hears what SES reports of an e-mail, and of whom', async () => {
    const { outbox } = deployment.running;
    const email = deployment.messages.find(({ channel }) => channel === 'email');
    if (email === undefined) throw new Error('no e-mail was sent');
    const { id, customer = '' } = email;
    expect((await deployment.documentOf(customer))?.suppressed['email']).toBeUndefined();
    await outbox.react(id, { kind: 'bounce' });
    await deployment.goTo(UNTIL);
    expect((await deployment.documentOf(customer))?.suppressed['email']).toMatchObject({ at: UNTIL });
  });
});
