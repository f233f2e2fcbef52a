import { describe, expect, it } from 'vitest';
import { VocabularyInference } from '#lib/simulator/infer-vocabulary.ts';
import { readSegmentLine } from '#lib/simulator/segment-lines.ts';
import { vocabularySchema } from '#lib/journey/vocabulary.ts';

function infer(calls: readonly Record<string, unknown>[]): ReturnType<VocabularyInference['result']> {
  const inference = new VocabularyInference();
  for (const [index, call] of calls.entries()) {
    const read = readSegmentLine(JSON.stringify({ userId: 'u', timestamp: '2026-03-27T10:00:00Z', ...call }));
    if ('input' in read) inference.add(read, index + 1);
  }
  const result = inference.result();
  expect(vocabularySchema.safeParse(result.vocabulary).error).toBeUndefined();
  return result;
}

const seen = (properties: Record<string, unknown>) => ({ type: 'track', event: 'Seen', properties });

describe('a vocabulary inferred from a stream', () => {
  it('has every type of the language', () => {
    const { vocabulary, notes } = infer([
      seen({
        title: 'x',
        price: 2.5,
        sale: false,
        day: '2026-03-27',
        when: '2026-03-27T10:00:00+01:00',
        local: '2026-03-27 10:00',
        tags: ['a'],
        where: { lat: 52.5, lon: 13.4 },
        shop: { address: { city: 'Berlin' } },
      }),
      { type: 'identify', traits: { age: 40, email: 'a@example.com', timezone: 'UTC' } },
      { type: 'track', event: 'Opened' },
    ]);
    expect(vocabulary.events).toEqual({
      Opened: {},
      Seen: {
        day: 'date',
        local: 'date-time',
        price: 'number',
        sale: 'yes/no',
        'shop.address.city': 'text',
        tags: 'list',
        title: 'text',
        when: 'date-time',
        where: 'place',
      },
    });
    expect(vocabulary.traits).toEqual({ age: 'number' });
    expect(notes).toEqual([]);
  });

  it('leaves out what is built in', () => {
    const consent = { topic: 'news', channel: 'email', granted: true };
    const { vocabulary } = infer([{ type: 'track', event: 'Consent Changed', properties: consent }]);
    expect(vocabulary.events).toEqual({});
  });

  it('explains values of several types and where the first one stands', () => {
    const numbers = Array.from({ length: 19 }, () => seen({ price: 10 }));
    const { vocabulary, notes } = infer([...numbers, seen({ price: 'free' })]);
    expect(vocabulary.events['Seen']).toEqual({ price: 'number' });
    expect(notes).toEqual([
      'Property "price" of "Seen" is proposed as number, but its values differ: 19 × number (first in line 1), 1 × text (first in line 20).',
    ]);
  });

  it('proposes text where no type has a clear majority, and a date-time for dates of both kinds', () => {
    const { vocabulary, notes } = infer([
      seen({ size: 10, due: '2026-03-27' }),
      seen({ size: 'XL', due: '2026-03-27T10:00:00Z' }),
    ]);
    expect(vocabulary.events['Seen']).toEqual({ size: 'text', due: 'date-time' });
    expect(notes).toHaveLength(2);
  });

  it('says what it leaves out: no value at all, a name that cannot be declared, ids used as names', () => {
    const ids = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`id${index}`, 1]));
    const { vocabulary, notes } = infer([
      seen({ nothing: null, empty: '', ' x': 1 }),
      { type: 'identify', traits: { scores: ids } },
    ]);
    expect(vocabulary.events['Seen']).toEqual({});
    expect(notes.join('\n')).toMatch(/"nothing" of "Seen" is left out: it never has a value/);
    expect(notes.join('\n')).toMatch(/" x" of "Seen" is left out: such a name cannot be declared/);
    expect(notes.join('\n')).toMatch(/Are ids used as names/);
  });
});
