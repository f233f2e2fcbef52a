import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExportedCustomer } from '#lib/adapters/aws/dynamodb/customer-export.ts';
import { customerId } from '#lib/contracts/ids.ts';
import { instantSchema } from '#lib/contracts/time.ts';
import { newDocument } from '#lib/engine/document.ts';
import { environments } from './environments.ts';
import { wendOn, writeShop } from './shop-folder.ts';

const ADA = customerId('secret', 'ada');
const at = (text: string) => instantSchema.parse(`2026-05-04T${text}.000Z`);
const { external: _, log: __, recent: ___, ...document } = newDocument(ADA, '', at('09:00:00'));

const ada: ExportedCustomer = {
  format: 1,
  exported: at('12:00:00'),
  customer: ADA,
  external: 'ada',
  document: { ...document, traits: { email: { value: 'ada@example.com', at: at('09:00:00') } } },
  timeline: [
    {
      at: at('09:00:00'),
      kind: 'enters',
      journey: 'cart',
      run: 'r1',
      name: 'Product Added',
      because: 'price 49 is at least 20',
    },
    {
      at: at('10:00:00'),
      kind: 'skips',
      journey: 'cart',
      run: 'r1',
      step: 'remind',
      message: 'reminder@0123456789ab',
      channel: 'email',
      reason: 'no consent',
    },
  ],
  inApp: [],
  consent: [],
  identities: ['I#device#d1'],
  more: [],
};

async function run(kept: ExportedCustomer | undefined, ...words: readonly string[]) {
  const production = environments({ production: { exports: kept === undefined ? {} : { [ADA]: kept } } });
  const [command = '', ...more] = words;
  const outcome = await wendOn(
    production.connect,
    writeShop(),
    'customer',
    command,
    'ada',
    ...more,
    '--environment',
    'production',
  );
  expect(production.open).toBe(0);
  return { ...outcome, erased: production.erased };
}

describe('customer explain', () => {
  it('says in sentences why a message did not come, in the language that is asked for', async () => {
    const { code, out } = await run(ada, 'explain', '--message', 'reminder', '--language', 'de');
    expect(code).toBe(0);
    expect(out).toContain('wurde „Product Added“ verzeichnet (price 49 is at least 20)');
    expect(out).toContain('wurde „reminder“ per E-Mail nicht gesendet, weil keine Einwilligung vorlag.');
  });

  it('says so where the timeline tells nothing of it, and where there is nothing any more', async () => {
    const none = await run(ada, 'explain', '--message', 'other');
    expect(none.out).toContain('says nothing about other');
    const erased = { at: at('11:00:00'), by: 'operator', removal: 'sure' } as const;
    const gone = await run({ ...ada, timeline: [], document: { ...document, erased } }, 'explain');
    expect(gone.out).toContain('This customer was erased');
  });

  it('gives the facts as JSON', async () => {
    const { out } = await run(ada, 'explain', '--json');
    expect(JSON.parse(out)).toMatchObject({
      customer: ADA,
      occasions: [
        { outcome: 'not sent', facts: [{ kind: 'entered' }, { kind: 'not sent', reason: 'no consent' }] },
      ],
    });
  });
});

describe('customer export', () => {
  it('writes everything, to the screen or into a file that nobody else can read', async () => {
    expect(JSON.parse((await run(ada, 'export')).out)).toEqual(JSON.parse(JSON.stringify(ada)));
    const file = join(mkdtempSync(join(tmpdir(), 'wend-export-')), 'ada.json');
    const { code, out } = await run(ada, 'export', '--output', file);
    expect([code, out]).toEqual([0, '']);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ external: 'ada' });
    expect(statSync(file).mode & 0o077).toBe(0);

    const again = await run(ada, 'export', '--output', file);
    expect(again.code).not.toBe(0);
    expect(again.err).toContain('it exists already');
  });

  it('knows nobody by another id', async () => {
    const { code, err } = await run(undefined, 'export');
    expect(code).toBe(1);
    expect(err).toContain('nobody is known by this id in production');
    expect(err).toContain(ADA);
  });
});

describe('customer erase', () => {
  it('without --yes only says what it would do', async () => {
    const { code, out, erased } = await run(ada, 'erase');
    expect(code).toBe(0);
    expect(erased).toEqual([]);
    expect(out).toContain('1 trait');
    expect(out).toContain('2 decisions of the timeline');
    expect(out).toContain('Nothing has been done.');
  });

  it('with --yes erases, and says what is under way', async () => {
    const { out, erased } = await run(ada, 'erase', '--yes');
    expect(erased).toEqual([ADA]);
    expect(out).toContain('nothing goes out any more');
    expect(out).toContain('1 execution is being stopped');
    expect(out).toContain('are removed within moments');
    expect(out).toContain(`wend customer erase ${ADA} --hash --environment production`);
  });

  it('of somebody who is erased says since when and how far it is', async () => {
    const tombstone = { at: at('11:00:00'), by: 'customer', removal: 'sure' } as const;
    const { out } = await run({ ...ada, document: { ...document, erased: tombstone } }, 'erase');
    expect(out).toContain('was erased from production on 2026-05-04 at 11:00 UTC');
    expect(out).toContain('Everything is removed.');
  });
});
