// What a schedule has shown: what it has broken, and how much there was in it that could have been broken.
import { claimsOf } from '../world/claims.ts';
import { despiteFatigue, oftenerThanChosen } from '../world/customers-caps.ts';
import {
  brokenCaps,
  callsByKey,
  dropped,
  lastingDoubts,
  sentTwice,
  unlawfulSends,
  wordsLost,
} from '../world/violations.ts';
import type { World } from '../world/world.ts';

/** `ledger`: what was said about consent has to be on record. */
type BrokenPromise = 'P2' | 'P3' | 'P4' | 'ledger';

export interface Violation {
  readonly seed: number;
  readonly promise: BrokenPromise;
  readonly what: string;
}

/** How often things happened that put the protocol to the test. A proof in which one of them never happened proves nothing. */
export const COUNTED = [
  'sends claimed',
  'messages taken by a provider',
  'answers lost after the message was taken',
  'answers lost before it was taken',
  'providers that asked to try later',
  'providers that throttled',
  'refusals for good',
  'senders that died, or were given up, with a claim',
  'claims decided again',
  'skipped: no consent',
  'skipped: unsubscribed from everything',
  'skipped: paused by customer',
  'skipped: suppressed',
  'skipped: frequency cap',
  'held back: frequency chosen by the customer',
  'held back: fatigue',
  'skipped: lower priority',
  'put off',
  'put off: provider is busy',
  'runs ended by an exit or goal',
  'doubts told',
  'customers erased',
] as const;
export type Counts = Record<(typeof COUNTED)[number], number>;

export interface Judgement {
  readonly violations: readonly Violation[];
  readonly counts: Counts;
}

export async function judge(seed: number, world: World): Promise<Judgement> {
  const found = (promise: BrokenPromise, whats: readonly string[]): Violation[] =>
    whats.map((what) => ({ seed, promise, what }));
  return {
    violations: [
      ...found('P2', unlawfulSends(world)),
      ...found('P3', [
        ...sentTwice(world).map((key) => `${key}: marketing, sent again after it may have been taken`),
        ...dropped(world).map((key) => `${key}: transactional, and nobody knows of it`),
        ...lastingDoubts(world),
      ]),
      ...found('P4', [...brokenCaps(world), ...oftenerThanChosen(world), ...despiteFatigue(world)]),
      ...found('ledger', await wordsLost(world)),
    ],
    counts: countIn(world),
  };
}

function countIn(world: World): Counts {
  const { journal } = world;
  const provided = journal.of('provider');
  const log = journal.of('commit').flatMap(({ after }) => after.log);
  const claims = claimsOf(journal);
  const skipped = (reason: string): number =>
    log.filter((entry) => entry.kind === 'skips' && entry.reason === reason).length;
  const held = (reason: string): number =>
    log.filter(
      ({ kind, reason: why = '' }) => (kind === 'skips' || kind === 'defers') && why.startsWith(reason),
    ).length;
  return {
    'sends claimed': claims.length,
    'messages taken by a provider': provided.filter(({ taken }) => taken).length,
    'answers lost after the message was taken': provided.filter(
      (one) => one.answer === 'unknown' && one.taken,
    ).length,
    'answers lost before it was taken': provided.filter((one) => one.answer === 'unknown' && !one.taken)
      .length,
    'providers that asked to try later': provided.filter(({ answer }) => answer === 'try later').length,
    'providers that throttled': provided.filter(({ isThrottled }) => isThrottled).length,
    'refusals for good': provided.filter(({ answer }) => answer === 'refused').length,
    'senders that died, or were given up, with a claim': claims.filter(({ calls }) => calls.length === 0)
      .length,
    'claims decided again': [...callsByKey(world).values()].filter((calls) => calls.length > 1).length,
    'skipped: no consent': skipped('no consent'),
    'skipped: unsubscribed from everything': skipped('unsubscribed from everything'),
    'skipped: paused by customer': skipped('paused by customer'),
    'skipped: suppressed': skipped('suppressed'),
    'skipped: frequency cap': skipped('frequency cap'),
    'held back: frequency chosen by the customer': held('frequency chosen by the customer'),
    'held back: fatigue': held('fatigue: '),
    'skipped: lower priority': skipped('lower priority'),
    'put off': log.filter(({ kind }) => kind === 'defers').length,
    'put off: provider is busy': held('provider is busy'),
    'runs ended by an exit or goal': log.filter(({ kind }) => kind === 'exits').length,
    'customers erased': world.documents().filter(({ erased }) => erased !== undefined).length,
    'doubts told': log.filter(({ kind, outcome }) => kind === 'sends' && outcome === 'unknown').length,
  };
}
