// What is deployed decides and sends what the simulator has promised: a part of the sample stream goes through the stack (packed
// functions, adapters, rules, filters, queues, machines) and through a play, and both come to the same, customer by customer, at the
// same instants. Nothing is allowed to differ; where AWS is slower than here, it is later by that and no more.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerId } from '#lib/contracts/ids.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { toMillis, type Instant } from '#lib/contracts/time.ts';
import { engineSettings } from '#lib/engine/engine-settings.ts';
import { readSources } from '#lib/infra/read-sources.ts';
import type { Repository } from '#lib/repository/repository.ts';
import { rendererOf } from '#lib/messages/rendering.ts';
import { play, type PlayResult } from '#lib/simulator/play.ts';
import type { OutboxLine, TraceLine } from '#lib/simulator/trace.ts';
import { LocalDeployment } from './local-deployment.ts';
import type { TakenMessage } from './providers.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** That of a simulation, so that customers, and with them tests and holdouts, are the same on both sides. */
const SECRET = 'simulation';
/** Every so many customers of the stream, and up to when: little enough for seconds, enough for every kind of step. */
const EVERY = 32;
const UNTIL = '2026-05-20T00:00:00.000Z' as Instant;

interface Line {
  readonly userId?: string;
  readonly timestamp: Instant;
  readonly receivedAt?: Instant;
}

let deployment: LocalDeployment;
let played: PlayResult;
let repository: Repository;
let slice: readonly Line[];
let externals: readonly string[];
const trace: TraceLine[] = [];
const outbox: OutboxLine[] = [];
const logs = new Map<string, readonly LogEntry[]>();

beforeAll(async () => {
  ({ slice, externals } = readSlice());
  const sources = await readSources({
    workspace: join(ROOT, 'workspace'),
    versions: join(ROOT, 'state-machines'),
  });
  ({ repository } = sources);
  played = await playSlice();
  const customers = externals.map((external) => customerId(SECRET, external));
  deployment = await LocalDeployment.open({
    sources,
    start: played.first,
    secret: SECRET,
    shards: [...new Set(customers.map((customer) => customer.slice(0, 2)))].toSorted(),
  });
  // Told at one instant, calls come in one batch, and those of one customer are decided with one write.
  for (const [instant, lines] of Map.groupBy(slice, arrival)) {
    await deployment.runUntil(instant);
    for (let from = 0; from < lines.length; from += 10)
      await deployment.put(lines.slice(from, from + 10) as readonly object[] as Record<string, unknown>[]);
  }
  await deployment.runUntil(UNTIL);
  for (const customer of customers) logs.set(customer, await deployment.logOf(customer));
}, 240_000);
afterAll(() => deployment.close());

/** All calls of some customers, and those of nobody, in order of arrival. */
function readSlice(): { readonly slice: readonly Line[]; readonly externals: readonly string[] } {
  const lines = gunzipSync(readFileSync(join(ROOT, 'workspace/events/sample.jsonl.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const all = [...new Set(lines.flatMap(({ userId }) => userId ?? []))];
  const chosen = all.filter((_, index) => index % EVERY === 0);
  const told = lines
    .filter((line) => arrival(line) <= UNTIL && (line.userId === undefined || chosen.includes(line.userId)))
    .toSorted((a, b) => toMillis(arrival(a)) - toMillis(arrival(b)));
  return { slice: told, externals: chosen };
}

function arrival({ receivedAt, timestamp }: Line): Instant {
  return receivedAt ?? timestamp;
}

/** The play of what is deployed. */
function playSlice(): Promise<PlayResult> {
  const folder = mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-slice-'));
  const events = join(folder, 'events.jsonl');
  writeFileSync(events, slice.map((line) => JSON.stringify(line)).join('\n'));
  const { versions, workspace, messages } = repository;
  const { settings, newest, journeys: rules, segments } = workspace;
  return play({
    events,
    journeys: versions
      .filter(({ journey, version }) => newest[journey] === version)
      .map(({ resume, ...version }) => ({ ...version, ...(resume && { resume }) })),
    rules,
    // Whom an entry kept out is told by a play where somebody asks; what is deployed does not tell it.
    settings: engineSettings(settings, 'decisions'),
    segments,
    until: UNTIL,
    renderer: rendererOf({ ...messages, settings }),
    onTrace: (line) => trace.push(line),
    onMessage: (line) => outbox.push(line),
  });
}

/** A message of a play, as its provider would have been asked for it. */
function asTaken({ at, channel, to, subject, html, text, content }: OutboxLine): TakenMessage {
  const shown = content as Readonly<Record<string, unknown>> | undefined;
  const taken = { at: toMillis(at), channel, to };
  switch (channel) {
    case 'email':
      return { ...taken, content: { subject, html, text } };
    case 'sms':
      return { ...taken, content: text };
    case 'push':
      return { ...taken, content: { title: shown?.['title'], body: shown?.['body'] } };
    case 'whatsapp':
      return { ...taken, content: { template: shown?.['template'], parameters: shown?.['parameters'] } };
    case 'inapp':
    case 'webhook':
      return { ...taken, content };
  }
}

function toEndpoints({ channel }: TakenMessage): boolean {
  return channel === 'webhook';
}

/** A play knows the endpoint by its name only. */
function withoutAddress(message: TakenMessage): TakenMessage {
  return { ...message, to: [] };
}

/** In the order of their texts: what happens at one instant has no other. */
function inOrder(values: readonly unknown[]): readonly string[] {
  return values.map((value) => JSON.stringify(value)).toSorted();
}

function placeOf({ at, run = '' }: LogEntry): string {
  return `${at} ${run}`;
}

/**
 * In the order of time. A deferral that was planned into a wait is told when the wait is over, at the instant of its decision; and what
 * happens to several runs at one instant has no order. That of one run stays as it is.
 */
function byTime(log: readonly LogEntry[]): readonly LogEntry[] {
  return log.toSorted((a, b) => Number(placeOf(a) > placeOf(b)) - Number(placeOf(a) < placeOf(b)));
}

describe('what is deployed', () => {
  it('decides of every customer what the play has decided, at the same instants', () => {
    expect(trace.length).toBeGreaterThan(200);
    const deployedLog: Record<string, readonly LogEntry[]> = {};
    const playedLog: Record<string, readonly LogEntry[]> = {};
    for (const external of externals) {
      const customer = customerId(SECRET, external);
      deployedLog[external] = byTime(logs.get(customer) ?? []);
      playedLog[external] = byTime(
        trace
          .filter((line) => line.customer === customer)
          .map((line) => {
            const { customer: _customer, external: _external, ...entry } = line;
            return entry;
          }),
      );
    }
    expect(deployedLog).toEqual(playedLog);
  });

  it('sends the same messages, to the same addresses, at the same instants', () => {
    const sent = outbox.map(asTaken);
    const others = (all: readonly TakenMessage[]) => inOrder(all.filter((one) => !toEndpoints(one)));
    expect(others(deployment.messages)).toEqual(others(sent));
    // Steps call endpoints and functions as well: each call that the log tells, and no other.
    const calls = trace.filter(({ kind }) => kind === 'calls').length;
    const taken = inOrder(deployment.messages.filter(toEndpoints).map(withoutAddress));
    expect(taken).toEqual(expect.arrayContaining([...inOrder(sent.filter(toEndpoints).map(withoutAddress))]));
    expect(taken.length + deployment.invocations).toBe(sent.filter(toEndpoints).length + calls);
    expect(new Set(sent.map(({ channel }) => channel)).size).toBeGreaterThan(3);
  });

  it('has shown each kind of decision', () => {
    const kinds = new Set([...logs.values()].flatMap((log) => log.map(({ kind }) => kind)));
    expect([...kinds].toSorted()).toEqual(
      expect.arrayContaining(['calls', 'completes', 'converts', 'defers', 'enters', 'exits', 'joins']),
    );
    expect([...kinds]).toEqual(
      expect.arrayContaining(['refuses', 'sends', 'sets', 'skips', 'takes', 'waits']),
    );
  });

  it('refuses what the play refuses, keeps it, and complains of nothing else', () => {
    const refused = Object.values(played.report.refused).reduce((sum, count) => sum + count, 0);
    expect(refused).toBeGreaterThan(0);
    expect(deployment.deadLetters()).toHaveLength(refused);
    expect(deployment.complaints.filter((line) => !line.includes('"events refused"'))).toEqual([]);
  });

  it('learns of an execution that somebody has aborted', async () => {
    // Ada says what the first customer of the stream has said, and is welcomed (her id is none of those held out).
    const first = slice.filter(({ userId }) => userId === externals[0]).slice(0, 3);
    await deployment.put(first.map((line) => ({ ...line, userId: 'ada', timestamp: UNTIL })));
    await deployment.runUntil(UNTIL);
    const { customer, run } = deployment.abortOne();
    await deployment.runUntil(UNTIL);
    const told = (await deployment.logOf(customer)).filter((entry) => entry.run === run);
    expect(told.at(-1)).toMatchObject({ at: UNTIL, kind: 'fails', run });
    expect(deployment.complaints.at(-1)).toContain('run given up');
  });

  it('hears what SES reports of an e-mail, and of whom', async () => {
    const [tags = {}] = deployment.emailTags;
    const customer = tags['customer']?.[0] ?? '';
    expect((await deployment.documentOf(customer))?.suppressed['email']).toBeUndefined();
    deployment.report('aws.ses', 'Email Bounced', {
      eventType: 'Bounce',
      bounce: { bounceType: 'Permanent', bounceSubType: 'General', timestamp: UNTIL },
      mail: {
        timestamp: UNTIL,
        messageId: 'email-1',
        tags: { ...tags, 'ses:configuration-set': ['wend-test'] },
      },
    });
    await deployment.runUntil(UNTIL);
    expect((await deployment.documentOf(customer))?.suppressed['email']).toMatchObject({ at: UNTIL });
  });
});
