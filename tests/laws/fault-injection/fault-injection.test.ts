// Fault injection: the send protocol over schedules of concurrent events, sends, crashes and provider faults (P2, P3, P4). Here a few
// hundred of them; `npm run prove:delivery` plays ten thousand.
import { describe, expect, it } from 'vitest';
import { BROKEN_PROTOCOLS } from './broken-protocols.ts';
import { COUNTED } from './judge.ts';
import { firstViolation, searchAll } from './search.ts';

/** A broken protocol has to be noticed within so many schedules, or the harness is too blunt to prove anything. */
const NOTICED_WITHIN = 200;

describe('fault injection', () => {
  it('no schedule breaks a promise, and in each of the ways that are counted it was put to the test', async () => {
    const { violations, counts } = await searchAll(0, 200);
    expect(violations).toEqual([]);
    expect(COUNTED.filter((name) => counts[name] === 0)).toEqual([]);
  }, 180_000);

  it.each(Object.entries(BROKEN_PROTOCOLS))('a protocol with %s is noticed', async (_name, protocol) => {
    expect(await firstViolation(protocol, NOTICED_WITHIN)).toBeDefined();
  });
});
