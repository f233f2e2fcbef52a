// The breaker over the table: what becomes of messages is counted, a journey is paused once, and not again for what is over.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createSendOutcomes } from '#lib/adapters/aws/dynamodb/send-outcomes.ts';
import { createSwitches } from '#lib/adapters/aws/dynamodb/switches.ts';
import { addMillis, parseInstant, type Instant } from '#lib/contracts/time.ts';
import type { Outcome } from '#lib/engine/use-cases/new-outcomes.ts';
import { watchOutcomes } from '#lib/engine/use-cases/watch-outcomes.ts';
import { breakerLimits } from '#lib/journey/breaker.ts';
import { localTable, type LocalTable } from '../../../dynamodb-fixture.ts';

const LIMITS = breakerLimits({ messages: 100 });
const MORNING = at('2026-03-02T08:00:00Z');
const NOON = at('2026-03-02T12:00:00Z');

let local: LocalTable;
beforeAll(async () => {
  local = await localTable();
});
afterAll(() => local.close());

/** A journey of its own for each test. */
let journey = '';
let journeys = 0;
beforeEach(() => {
  journeys += 1;
  journey = `journey-${journeys}`;
});

function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new RangeError(text);
  return instant;
}

function told(kind: Outcome['kind'], times: number, sent = MORNING): Outcome[] {
  const one = { journey, channel: 'email', class: 'marketing', sent, kind } as const;
  return Array.from({ length: times }, () => one);
}

const NOTHING = { tripped: [], warned: [] };

const watch = (outcomes: readonly Outcome[], now = NOON) =>
  watchOutcomes(createSendOutcomes(local), LIMITS, outcomes, now);
const switches = () => createSwitches(local, () => 0);

it('a journey is paused with the batch that brings it over the limit, and the switch says why', async () => {
  expect(await watch([...told('delivered', 91), ...told('bounced', 4)])).toEqual(NOTHING);
  const { tripped } = await watch([...told('bounced', 4), ...told('delivered', 1)]);
  const reason = 'email of 2026-03-02: 8 of 100 messages bounced (8.00 %)';
  expect(tripped).toEqual([{ journey, reason }]);
  expect((await switches().current()).get(journey)).toBe('tripped');
  expect((await switches().breakerReasons()).get(journey)).toEqual({ reason, at: NOON });
});

it('of several containers that count at once, one tells it', async () => {
  await watch(told('delivered', 100));
  const all = await Promise.all(Array.from({ length: 8 }, () => watch(told('complained', 8))));
  expect(all.flatMap(({ tripped }) => tripped)).toHaveLength(1);
});

it('that goes on is not paused again by messages from before, but by those that come after', async () => {
  await watch([...told('delivered', 92), ...told('bounced', 8)]);
  await switches().set(journey, undefined);
  const later = addMillis(NOON, 3_600_000);
  // Complaints about the morning, and good messages of the afternoon.
  expect(await watch([...told('complained', 50), ...told('delivered', 200, later)], later)).toEqual(NOTHING);
  expect((await switches().current()).get(journey)).toBeUndefined();
  const again = await watch(told('bounced', 20, later), later);
  expect(again.tripped).toEqual([
    { journey, reason: 'email of 2026-03-02: 20 of 220 messages bounced (9.09 %)' },
  ]);
});

it('what an operator has paused stays theirs: the switch is not taken over', async () => {
  await switches().set(journey, 'paused');
  await createSendOutcomes(local).pause(journey, 'too many bounces', NOON);
  expect((await switches().current()).get(journey)).toBe('paused');
});

it('channels and days are judged by themselves', async () => {
  await watch(told('delivered', 1000));
  const texts = told('bounced', 60).map((one) => ({ ...one, channel: 'sms' as const }));
  expect(await watch(texts)).toEqual(NOTHING);
  expect(await watch(told('bounced', 60, addMillis(MORNING, 86_400_000)))).toEqual(NOTHING);
});

it('a table that does not answer holds up no batch', async () => {
  const broken = createSendOutcomes({
    client: { send: () => Promise.reject(new Error('gone')) },
    name: 'none',
  });
  expect(await watchOutcomes(broken, LIMITS, told('bounced', 8), NOON)).toMatchObject({
    tripped: [],
    failed: { name: 'TableUnavailable' },
  });
});

it('transactional messages are told of once and pause nothing, and are no part of the rates of marketing', async () => {
  const receipts = (kind: Outcome['kind'], times: number) =>
    told(kind, times).map((one) => ({ ...one, class: 'transactional' as const }));
  const reason = 'email of 2026-03-02: 10 of 110 messages bounced (9.09 %)';
  const { tripped, warned } = await watch([...receipts('delivered', 100), ...receipts('bounced', 10)]);
  expect({ tripped, warned }).toEqual({ tripped: [], warned: [{ journey, reason }] });
  expect((await switches().current()).get(journey)).toBeUndefined();
  expect(await watch(receipts('bounced', 10))).toEqual(NOTHING);
  // Seven of a hundred offers: too few cases, however many receipts have bounced.
  expect(await watch([...told('delivered', 93), ...told('bounced', 7)])).toEqual(NOTHING);
});
