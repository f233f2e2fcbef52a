import { expect, it } from 'vitest';
import { vocabularySchema } from '#lib/journey/vocabulary.ts';
import { wend, writeShop } from './shop-folder.ts';

it('vocabulary prints a piece of settings.json, and everything else aside', async () => {
  const shop = writeShop({
    'events.jsonl': [
      {
        type: 'identify',
        userId: 'u',
        timestamp: '2026-03-27T10:00:00Z',
        traits: { age: 40, email: 'u@example.com' },
      },
      {
        type: 'track',
        userId: 'u',
        timestamp: '2026-03-27T10:00:00Z',
        event: 'Product Added',
        properties: { price: 1 },
      },
      {
        type: 'track',
        userId: 'u',
        timestamp: '2026-03-27T10:00:00Z',
        event: 'Product Added',
        properties: { price: 'x' },
      },
      { type: 'page' },
    ]
      .map((call) => JSON.stringify(call))
      .join('\n'),
  });
  const { code, out, err } = await wend(shop, 'vocabulary', '--from', './events.jsonl');
  expect(code).toBe(0);
  const pasted: unknown = JSON.parse(`{${out}}`);
  expect(pasted).toEqual({
    vocabulary: { events: { 'Product Added': { price: 'text' } }, traits: { age: 'number' } },
  });
  expect(err).toContain(
    'note: Property "price" of "Product Added" is proposed as text, but its values differ',
  );
  expect(err).toContain('unsupported type page');

  const json = await wend(shop, 'vocabulary', '--from', './events.jsonl', '--json');
  const parsed: unknown = JSON.parse(json.out);
  expect(parsed).toMatchObject({
    calls: 3,
    refused: [{ reason: 'unsupported type page', count: 1, lines: [4] }],
  });
  expect(
    vocabularySchema.safeParse(
      typeof parsed === 'object' && parsed && 'vocabulary' in parsed && parsed.vocabulary,
    ).success,
  ).toBe(true);
});

it('vocabulary ends with 1 where the stream holds no call', async () => {
  const { code, err } = await wend(
    writeShop({ 'events.jsonl': 'x' }),
    'vocabulary',
    '--from',
    './events.jsonl',
  );
  expect(code).toBe(1);
  expect(err).toContain('not JSON');
});
