// What a consent ledger promises: entries are added and never changed, whoever comes how often.
import { expect, it } from 'vitest';
import type { LedgerEntry } from '#lib/contracts/consent-ledger.ts';
import { hashHex } from '#lib/contracts/hash.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { ConsentLedger } from '#lib/engine/ports.ts';

const NOW = '2026-03-02T10:00:00.000Z' as Instant;

function entry(minutes: number, id: string, more: Partial<LedgerEntry> = {}): LedgerEntry {
  const at = addMillis(NOW, minutes * 60_000);
  return {
    id,
    at,
    received: NOW,
    decided: NOW,
    event: 'Consent Changed',
    what: 'granted',
    topic: 'news',
    effect: 'changed',
    ...more,
  };
}

export function consentLedgerLaws(create: () => ConsentLedger): void {
  const [ada, bob] = ['ada', 'bob'].map((name) => hashHex(`ledger of ${name}`, 32)) as [string, string];

  it('has the entries of each customer in the order in which they happened', async () => {
    const ledger = create();
    await ledger.append(ada, [entry(5, 'b'), entry(5, 'a')]);
    await ledger.append(ada, [entry(-5, 'c', { proof: 'form 7, opened 10:01', text: '2026-01' })]);
    await ledger.append(bob, []);
    expect((await ledger.read(ada)).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
    expect((await ledger.read(ada))[0]).toEqual(
      entry(-5, 'c', { proof: 'form 7, opened 10:01', text: '2026-01' }),
    );
    expect(await ledger.read(bob)).toEqual([]);
  });

  it('leaves an entry as it was written first, and takes the others beside it', async () => {
    const ledger = create();
    await ledger.append(ada, [entry(7, 'd')]);
    await ledger.append(ada, [entry(7, 'd', { what: 'refused', effect: 'made up later' }), entry(8, 'e')]);
    const written = (await ledger.read(ada)).filter(({ id }) => 'de'.includes(id));
    expect(written).toEqual([entry(7, 'd'), entry(8, 'e')]);
  });
}
