import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMillis } from '#lib/contracts/time.ts';
import { deliveriesInOrder, surveyStream } from '#lib/simulator/delivery-order.ts';
import { createDisorder } from '#lib/simulator/disorder.ts';
import { RefusedLines } from '#lib/simulator/refused-lines.ts';
import { collect, temporaryFile } from './temporary-file.ts';

const START = Date.UTC(2026, 2, 27);
const line = (id: string, minute: number): string =>
  JSON.stringify({
    type: 'track',
    messageId: id,
    userId: 'u',
    event: 'Seen',
    timestamp: fromMillis(START + minute * 60_000),
  });

async function play(lines: readonly string[], seed?: number) {
  const refused = new RefusedLines();
  const disorder = seed === undefined ? undefined : () => createDisorder(seed);
  const survey = await surveyStream(temporaryFile(lines.join('\n')), refused, disorder);
  return { survey, refused: refused.all(), deliveries: await collect(deliveriesInOrder(survey)) };
}

const ids = (deliveries: Awaited<ReturnType<typeof play>>['deliveries']): string[] =>
  deliveries.map(({ call }) => call.input.id);

describe('calls of a stream', () => {
  it('come in the order in which they were received, those of one instant as they stand in the file', async () => {
    const { deliveries, survey } = await play([line('d', 9), line('a', 1), line('c', 5), line('b', 1)]);
    expect(ids(deliveries)).toEqual(['a', 'b', 'c', 'd']);
    expect(deliveries.map((delivery) => delivery.line)).toEqual([2, 4, 3, 1]);
    expect([survey.first, survey.last]).toEqual(['2026-03-27T00:01:00.000Z', '2026-03-27T00:09:00.000Z']);
  });

  it('are all there in order, however far the lines are out of place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(50), { maxLength: 60 }), async (minutes) => {
        const { deliveries } = await play(minutes.map((minute, index) => line(`m${index}`, minute)));
        const expected = minutes
          .map((minute, index) => ({ minute, id: `m${index}` }))
          .toSorted((a, b) => a.minute - b.minute)
          .map(({ id }) => id);
        expect(ids(deliveries)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('go on behind lines that are none, which are counted with their places', async () => {
    const { deliveries, refused } = await play([
      '{',
      line('a', 1),
      'x',
      '',
      '{}',
      '7',
      line('b', 2),
      'y',
      'z',
    ]);
    expect(ids(deliveries)).toEqual(['a', 'b']);
    expect(refused).toEqual([
      { reason: 'not JSON', count: 4, lines: [1, 3, 8] },
      { reason: 'no type', count: 1, lines: [5] },
      { reason: 'not an object', count: 1, lines: [6] },
    ]);
  });

  it('may be asked for by customer; each part then has its own, in the same order', async () => {
    const users = ['u', 'v', 'w', 'v', 'u', 'w', 'u'];
    const lines = users.map((user, index) => line(`m${index}`, (index * 3) % 7).replace('"u"', `"${user}"`));
    const survey = await surveyStream(temporaryFile(lines.join('\n')), new RefusedLines());
    const all = await collect(deliveriesInOrder(survey));
    expect(survey.externals).toEqual(['u', 'w', 'v']);
    for (const [number, external] of survey.externals.entries()) {
      const part = await collect(deliveriesInOrder(survey, (owner) => owner === number));
      expect(part).toEqual(all.filter(({ call }) => call.user === external));
      expect(part.every(({ owner }) => owner === number)).toBe(true);
    }
  });

  it('may be none at all', async () => {
    const { deliveries, survey } = await play([]);
    expect(deliveries).toEqual([]);
    expect(survey.first).toBeUndefined();
  });

  it('are not played from a file that changes while it is read', async () => {
    const path = temporaryFile([line('a', 1), line('b', 2)].join('\n'));
    const survey = await surveyStream(path, new RefusedLines());
    writeFileSync(path, line('a', 1));
    await expect(collect(deliveriesInOrder(survey))).rejects.toThrow('was changed while it was read');
  });
});

describe('disorder', () => {
  const lines = Array.from({ length: 2000 }, (_, index) => line(`m${index}`, index));

  it('is the same for the same seed and another for another', async () => {
    const once = ids((await play(lines, 7)).deliveries);
    expect(ids((await play(lines, 7)).deliveries)).toEqual(once);
    expect(ids((await play(lines, 8)).deliveries)).not.toEqual(once);
  });

  it('adds five duplicates to a hundred calls and delays by up to an hour; nothing is lost', async () => {
    const { deliveries } = await play(lines, 7);
    const duplicates = deliveries.filter(({ duplicate }) => duplicate).length;
    expect(duplicates).toBeGreaterThan(60);
    expect(duplicates).toBeLessThan(140);
    expect(new Set(ids(deliveries)).size).toBe(2000);
    const delays = deliveries.map(({ call }) => Date.parse(call.input.received) - Date.parse(call.input.at));
    expect(Math.min(...delays)).toBe(0);
    expect(Math.max(...delays)).toBeGreaterThan(50 * 60_000);
    expect(Math.max(...delays)).toBeLessThanOrEqual(60 * 60_000);
    const received = deliveries.map(({ call }) => call.input.received);
    expect(received).toEqual(received.toSorted());
  });
});
