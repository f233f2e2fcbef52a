import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#lib/contracts/consent-ledger.ts';
import { customerId } from '#lib/contracts/ids.ts';
import { instantSchema } from '#lib/contracts/time.ts';
import { environments } from './environments.ts';
import { wendOn, writeShop } from './shop-folder.ts';

const ADA = customerId('secret', 'ada');
const at = (text: string) => instantSchema.parse(`2026-05-04T${text}.000Z`);

function entry(time: string, more: Partial<LedgerEntry>): LedgerEntry {
  const happened = at(time);
  const times = { at: happened, received: happened, decided: happened };
  return { id: time, ...times, event: 'Consent Changed', what: 'granted', effect: 'changed', ...more };
}

const ledger: readonly LedgerEntry[] = [
  entry('09:00:00', {
    topic: 'promotions',
    channel: 'email',
    received: at('09:00:05'),
    source: 'checkout',
    text: '2026-01',
    proof: 'form 17',
  }),
  entry('10:00:00', { topic: '*', event: 'Message Unsubscribed', what: 'refused', send: 'run/hello/1' }),
  entry('11:00:00', { topic: 'promotions', imported: true, effect: 'an import overrules no refusal' }),
  entry('12:00:00', { channel: 'sms', event: 'Suppression Added', what: 'suppressed', reason: 'opted out' }),
  entry('13:00:00', { what: 'not understood', effect: 'unknown topic' }),
];

function run(...words: readonly string[]) {
  const { connect } = environments({ production: { ledgers: { [ADA]: ledger } } });
  return wendOn(connect, writeShop(), 'consent', ...words, '--environment', 'production');
}

describe('consent', () => {
  it('tells who said what when, what came of it, and what can be shown for it', async () => {
    const { code, out } = await run('ada');
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      `${ADA} (times in UTC)`,
      '  2026-05-04 09:00:00.000  granted  promotions by email  by Consent Changed',
      '                           received 2026-05-04 09:00:05.000, source checkout, text 2026-01, proof form 17',
      '  2026-05-04 10:00:00.000  refused  everything  by Message Unsubscribed',
      '                           message run/hello/1',
      '  2026-05-04 11:00:00.000  granted  promotions  by Consent Changed (an import overrules no refusal)',
      '                           imported yes',
      '  2026-05-04 12:00:00.000  suppressed  sms  by Suppression Added',
      '                           reason opted out',
      '  2026-05-04 13:00:00.000  not understood  by Consent Changed (unknown topic)',
      '',
    ]);
  });

  it('as JSON has the entries as they are, also by the hash that logs show', async () => {
    const { out } = await run(ADA, '--hash', '--json');
    expect(JSON.parse(out)).toEqual({ environment: 'production', customer: ADA, entries: ledger });
  });

  it('says under which hash nothing was found', async () => {
    expect((await run('ben')).out).toContain(`Nothing is in the ledger of ${customerId('secret', 'ben')}`);
  });
});
