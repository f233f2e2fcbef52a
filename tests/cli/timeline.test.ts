import { describe, expect, it } from 'vitest';
import { customerId } from '#lib/contracts/ids.ts';
import { instantSchema } from '#lib/contracts/time.ts';
import type { ToldRevision } from '#lib/engine/ports.ts';
import { environments } from './environments.ts';
import { wendOn, writeShop } from './shop-folder.ts';

const ADA = customerId('secret', 'ada');
const at = (text: string) => instantSchema.parse(`2026-05-04T${text}.000Z`);

/** Newest first, as the table gives them. */
const timeline: readonly ToldRevision[] = [
  {
    customer: ADA,
    revision: 2,
    decided: at('10:00:00'),
    log: [
      {
        at: at('10:00:00'),
        kind: 'skips',
        journey: 'cart',
        step: 'remind',
        message: 'reminder@0123456789ab',
        channel: 'email',
        reason: 'no consent',
      },
    ],
  },
  {
    customer: ADA,
    revision: 1,
    decided: at('09:00:00'),
    log: [{ at: at('09:00:00'), kind: 'enters', journey: 'cart', because: 'price 49 is at least 20' }],
  },
];

function run(...words: readonly string[]) {
  const { connect } = environments({ production: { timelines: { [ADA]: timeline } } });
  return wendOn(connect, writeShop(), 'timeline', ...words, '--environment', 'production');
}

describe('timeline', () => {
  it('tells what was decided about a customer and why, in the order in which it happened', async () => {
    const { code, out } = await run('ada');
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      `${ADA} (times in UTC)`,
      '  2026-05-04 09:00:00.000  cart  enters',
      '                                 because price 49 is at least 20',
      '  2026-05-04 10:00:00.000  cart  skips reminder by email (no consent)',
      '',
    ]);
  });

  it('finds a customer by the hash that logs show, and tells no more than is wanted', async () => {
    const { out } = await run(ADA, '--hash', '--last', '1', '--json');
    expect(JSON.parse(out)).toEqual({ environment: 'production', customer: ADA, decisions: [timeline[0]] });
  });

  it('says under which hash nobody was found', async () => {
    const { code, out } = await run('ben');
    expect(code).toBe(0);
    expect(out).toContain(`Nothing is told about ${customerId('secret', 'ben')}`);
  });
});
