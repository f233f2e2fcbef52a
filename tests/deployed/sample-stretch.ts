// The beginning of the sample stream, and what `wend play` makes of it.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { customerId } from '#lib/contracts/ids.ts';
import { toMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { engineSettings } from '#lib/engine/engine-settings.ts';
import { readSources } from '#lib/infra/read-sources.ts';
import { rendererOf } from '#lib/messages/rendering.ts';
import { NO_ACCOUNTS } from '#lib/simulator/accounts.ts';
import { play, type PlayResult } from '#lib/simulator/play.ts';
import type { OutboxLine, TraceLine } from '#lib/simulator/trace.ts';
import { ROOT } from './synthesised-stack.ts';

/** Under which a play hashes customer ids: with the same one, tests and holdouts are the same. */
export const PLAYED_SECRET = 'simulation';

interface Call extends Readonly<Record<string, unknown>> {
  readonly userId?: string;
  readonly timestamp: Instant;
  readonly receivedAt?: Instant;
}

export interface Stretch {
  /** In order of arrival. */
  readonly calls: readonly Call[];
  /** Instant of arrival → what arrives then. */
  readonly arrivals: ReadonlyMap<Instant, readonly Call[]>;
  /** Ids by which applications know the customers. */
  readonly externals: readonly string[];
  readonly until: Instant;
}

/** All calls that arrive until then: of every so many customers, and of nobody. */
export function sampleUntil(until: Instant, every = 1): Stretch {
  const all = gunzipSync(readFileSync(join(ROOT, 'workspace/events/sample.jsonl.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Call);
  const customers = new Set(all.flatMap(({ userId }) => userId ?? []));
  const chosen = new Set([...customers].filter((_, index) => index % every === 0));
  const calls = all
    .filter((call) => arrivalOf(call) <= until && (call.userId === undefined || chosen.has(call.userId)))
    .toSorted((a, b) => toMillis(arrivalOf(a)) - toMillis(arrivalOf(b)));
  return { calls, arrivals: Map.groupBy(calls, arrivalOf), externals: [...chosen], until };
}

function arrivalOf({ receivedAt, timestamp }: Call): Instant {
  return receivedAt ?? timestamp;
}

export interface Played {
  readonly result: PlayResult;
  readonly trace: readonly TraceLine[];
  readonly outbox: readonly OutboxLine[];
  /** Customer → the document at the end. */
  readonly documents: ReadonlyMap<string, CustomerDocument>;
  customerOf(external: string): string;
}

/** Plays what is deployed: the newest versions. */
export async function played({ calls, until }: Stretch): Promise<Played> {
  const { repository } = await readSources({
    workspace: join(ROOT, 'workspace'),
    versions: join(ROOT, 'state-machines'),
  });
  const { versions, workspace, messages } = repository;
  const { settings, newest, journeys: rules, segments } = workspace;
  const folder = mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-stretch-'));
  const events = join(folder, 'events.jsonl');
  writeFileSync(events, calls.map((call) => JSON.stringify(call)).join('\n'));
  const trace: TraceLine[] = [];
  const outbox: OutboxLine[] = [];
  const documents = new Map<string, CustomerDocument>();
  const result = await play({
    events,
    journeys: versions
      .filter(({ journey, version }) => newest[journey] === version)
      .map(({ resume, ...version }) => ({ ...version, ...(resume && { resume }) })),
    rules,
    // Whom an entry kept out is told by a play where somebody asks; what is deployed does not tell it.
    settings: engineSettings(settings, 'decisions'),
    segments,
    until,
    renderer: rendererOf({ ...messages, settings }),
    onTrace: (line) => trace.push(line),
    onMessage: (line) => outbox.push(line),
    accounts: { ...NO_ACCOUNTS, written: (document) => void documents.set(document.customer, document) },
  });
  return {
    result,
    trace,
    outbox,
    documents,
    customerOf: (external) => customerId(PLAYED_SECRET, external),
  };
}
