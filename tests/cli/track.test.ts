import { describe, expect, it } from 'vitest';
import { customerId } from '#lib/contracts/ids.ts';
import { instantSchema } from '#lib/contracts/time.ts';
import { environments } from './environments.ts';
import { wendOn, writeShop } from './shop-folder.ts';

const ADA = customerId('secret', 'ada');
const at = instantSchema.parse('2026-05-04T10:00:00.000Z');

function run(...words: readonly string[]) {
  const log = [
    { at, kind: 'enters', journey: 'cart', event: 'e-1' },
    { at, kind: 'enters', journey: 'welcome', event: 'e-1#Customer Created#1' },
    { at, kind: 'ignores', reason: 'something else', event: 'e-0' },
    { at, kind: 'enters', journey: 'other', event: 'e-10' },
  ] as const;
  const known = environments({
    production: { timelines: { [ADA]: [{ customer: ADA, revision: 1, decided: at, log }] } },
  });
  const outcome = wendOn(known.connect, writeShop(), 'track', ...words, '--workspace', './workspace');
  return { known, outcome };
}

describe('track', () => {
  it('puts the event on the bus as an application would, and shows what was decided by it and by what it set off', async () => {
    const words = ['ada', 'Product Added', '--properties', '{"price":49}', '--id', 'e-1'];
    const { known, outcome } = run(...words, '--environment', 'production');
    const { code, out, err } = await outcome;
    expect([code, err]).toEqual([0, '']);
    // Without a time of its own: it happens when the bus takes it, whatever the clock of the environment shows.
    expect(known.events).toEqual([
      { type: 'track', messageId: 'e-1', userId: 'ada', event: 'Product Added', properties: { price: 49 } },
    ]);
    expect(out.split('\n')).toEqual([
      'The bus has taken "Product Added" of ada, event e-1.',
      `${ADA} (times in UTC)`,
      '  2026-05-04 10:00:00.000  cart     enters',
      '  2026-05-04 10:00:00.000  welcome  enters',
      '',
    ]);
    expect(known.open).toBe(0);
  });

  it('says where nothing was decided', async () => {
    const { outcome } = run(
      'ada',
      'Product Added',
      '--id',
      'e-2',
      '--wait',
      '1',
      '--environment',
      'production',
    );
    expect(await outcome).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing was decided about ada'),
    });
  });

  it.each([
    [['Product Aded'], 'there is no event "Product Aded" in the vocabulary', 'Did you mean Product Added?'],
    [['Product Added', '--properties', '{"prise":1}'], 'has no property "prise"', 'Did you mean price?'],
    [['Product Added', '--properties', '{"price":"1"}'], '"price" of "Product Added" is of type number', ''],
    [['Product Added', '--properties', '['], '--properties is no JSON', 'Such as'],
    [['Journey Entered'], '"Journey Entered" is an event that only Wend makes', ''],
  ])(
    '%j is a mistake that is explained before anything is put',
    async ([event = '', ...words], message, hint) => {
      const { known, outcome } = run('ada', event, ...words, '--environment', 'production');
      const { code, err } = await outcome;
      expect(code).toBe(2);
      expect(err).toContain(message);
      expect(err).toContain(hint);
      expect(known.events).toEqual([]);
    },
  );

  it('asks which system is meant, and says that no local cloud runs', async () => {
    expect((await run('ada', 'Product Added').outcome).err).toContain('--environment <name>');
    expect((await run('ada', 'Product Added', '--local').outcome).err).toContain('Start one with npm start');
    const both = run('ada', 'Product Added', '--local', '--environment', 'production');
    expect((await both.outcome).err).toContain('cannot be used with');
  });
});
