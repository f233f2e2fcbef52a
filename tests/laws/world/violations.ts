// What promises P2, P3 and P4 forbid of sends, found in a world's history by an observer outside the engine: each finding in words.
import { hashHex } from '#lib/contracts/hash.ts';
import { parseDuration } from '#lib/contracts/duration.ts';
import { toMillis } from '#lib/contracts/time.ts';
import type { Cap, SendCall } from '#lib/contracts/step-calls.ts';
import { claimsOf, sentMessages, type Claim, type Sent } from './claims.ts';
import { sendCalls, type ProviderCall } from './journal.ts';
import { SETTINGS } from './journeys.ts';
import type { World } from './world.ts';

const CLAIM_LIVES = 10_000;
/** Events that say something about consent or suppression. */
const SAID: ReadonlySet<string> = new Set([
  'Consent Changed',
  'Message Unsubscribed',
  'Message Complained',
  'Message Bounced',
]);

/** Why the document forbade the send in the very write that claimed it. */
function forbidden({ commit: { before, after }, record }: Claim): string | undefined {
  const run = record.key.split('/')[0] ?? '';
  if (before?.erased !== undefined || after.erased !== undefined) return 'the customer was erased';
  if (after.runs[run] === undefined || after.runs[run].over !== undefined) return 'the run was over';
  if (before?.runs[run] === undefined || before.runs[run].over !== undefined)
    return 'the run was over before';
  if (after.suppressed[record.channel] !== undefined) return 'the channel was suppressed';
  if (record.class === 'transactional') return undefined;
  const pause = after.preferences?.pausedUntil?.value ?? '';
  if (record.at < pause) return 'the customer had paused';
  const topic = record.topic ?? '';
  for (const [wide, on] of [
    ['*', '*'],
    ['*', record.channel],
    [topic, '*'],
  ] as const)
    if (after.consent[wide]?.[on]?.granted === false) return `${wide} on ${on} was refused`;
  const granted = after.consent[topic]?.[record.channel]?.granted;
  if (granted ?? SETTINGS.topics[topic]?.withoutRecord === 'granted') return undefined;
  return 'there was no consent';
}

/** P2: claims that the document forbade, and calls of providers without a live claim. */
export function unlawfulSends(world: World): string[] {
  const claims = claimsOf(world.journal);
  const covered = new Set(claims.flatMap((claim) => claim.calls));
  return [
    ...claims.flatMap((claim) => forbidden(claim) ?? []),
    ...world.journal.of('provider').flatMap((call) => (covered.has(call) ? [] : [`${call.key}: no claim`])),
    ...claims.flatMap(({ calls, record }) =>
      calls.length > 1 ? [`${record.key}: one claim, two calls`] : [],
    ),
    ...claims.flatMap(({ commit, calls: [call] }) => {
      const age = call === undefined ? 0 : call.monotonic - commit.monotonic;
      return age > CLAIM_LIVES ? [`the claim was ${age} ms old`] : [];
    }),
  ];
}

export function callsByKey(world: World): Map<string, ProviderCall[]> {
  return Map.groupBy(world.journal.of('provider'), (call) => call.key);
}

/** P3: marketing whose provider was called again after it had taken the message, or may have. */
export function sentTwice(world: World): string[] {
  const settings = sendCalls(world.journal);
  return [...callsByKey(world)].flatMap(([key, calls]) => {
    if (settings.get(key)?.step.class !== 'marketing') return [];
    const taken = calls.findIndex(({ answer }) => answer !== 'refused' && answer !== 'try later');
    return taken !== -1 && calls.length > taken + 1 ? [key] : [];
  });
}

/** P3: transactional sends that a run has behind it, of which neither a provider nor the log knows. */
export function dropped(world: World): string[] {
  const accepted = new Set(
    world.journal.of('provider').flatMap(({ key, taken }) => (taken === true ? [key] : [])),
  );
  const told = world.documents().flatMap(({ customer }) =>
    world.journal
      .logOf(customer)
      .filter(({ entry }) => entry.kind === 'skips' || entry.kind === 'exits' || entry.kind === 'fails')
      .map(({ entry }) => (entry.kind === 'skips' ? `${entry.run}/${entry.step}` : `${entry.run}/`)),
  );
  return [...sendCalls(world.journal)].flatMap(([key, call]) =>
    call.step.class === 'marketing' ||
    accepted.has(key) ||
    told.some((one) => key.startsWith(one)) ||
    wasTakenElsewhere(world, call)
      ? []
      : [key],
  );
}

/** The machine had come by a time-out, and the document sent it on to the arm of the event that had won. */
function wasTakenElsewhere(world: World, { run, settle }: SendCall): boolean {
  if (settle === undefined || settle === null) return false;
  return world.journal
    .logOf(run.customer)
    .some(
      ({ entry }) =>
        entry.kind === 'takes' &&
        entry.run === run.run &&
        entry.step === settle.step &&
        entry.branch !== 'time is up',
    );
}

/** Milliseconds of a cap's window; the laws use exact ones. */
export function windowOf(per: string): number {
  const duration = parseDuration(per);
  return 'problem' in duration ? Number.NaN : duration.milliseconds;
}

function inScope(other: Sent, one: Sent, of: Cap['of']): boolean {
  switch (of) {
    case 'journey':
      return other.call.run.journey === one.call.run.journey;
    case 'topic':
      return other.call.step.topic === one.call.step.topic;
    case 'channel':
      return other.claim.record.channel === one.claim.record.channel;
    case 'all':
      return true;
  }
}

/** P4: sends that their own caps forbade, by what had been sent when they were claimed. */
export function brokenCaps(world: World): string[] {
  const sent = sentMessages(world.journal).filter(({ call }) => call.step.class === 'marketing');
  return sent.flatMap((one) =>
    one.call.step.caps.flatMap(({ most, per, of }) => {
      const at = toMillis(one.claim.record.at);
      const before = sent.filter((other) => {
        const age = at - toMillis(other.claim.record.at);
        const isOlder = other.claim.commit.at <= one.claim.commit.at;
        return (
          other.customer === one.customer &&
          isOlder &&
          (per === undefined || age < windowOf(per)) &&
          inScope(other, one, of)
        );
      });
      return before.length <= most
        ? []
        : [`${one.claim.record.key} is number ${before.length} of ${most} per ${per ?? 'life'} of ${of}`];
    }),
  );
}

/** P3: messages that a provider has taken and reported on, and that the document still doubts or has forgotten. */
export function lastingDoubts(world: World): string[] {
  const taken = new Set(
    world.journal.of('provider').flatMap(({ key, taken: isTaken }) => (isTaken === true ? [key] : [])),
  );
  const reported = world.journal.of('told').flatMap(({ input }) => {
    const send = input.kind === 'event' ? input.properties['send'] : undefined;
    return typeof send === 'string' && taken.has(send) ? [send] : [];
  });
  const records = new Map(world.documents().flatMap(({ sends }) => sends.map((send) => [send.key, send])));
  return [...new Set(reported)].flatMap((key) => {
    const state = records.get(key)?.state;
    return state === undefined || state === 'accepted' ? [] : [`${key}: reported on, and still ${state}`];
  });
}

/** Words about consent that nobody has put into the ledger, of customers who are still there. */
export async function wordsLost(world: World): Promise<string[]> {
  const lost: string[] = [];
  for (const { customer, erased } of world.documents()) {
    if (erased !== undefined) continue;
    const written = new Set((await world.ledger.read(customer)).map(({ id }) => id));
    for (const { customer: whose, input } of world.journal.of('told')) {
      if (whose !== customer || input.kind !== 'event' || !SAID.has(input.event)) continue;
      if (!written.has(hashHex(input.id, 20))) lost.push(`${input.event} (${input.id}) is not in the ledger`);
    }
  }
  return [...new Set(lost)];
}
