import { describe, expect, it } from 'vitest';
import { wend, writeShop } from './shop-folder.ts';

const test = (folder: string, ...more: readonly string[]) =>
  wend(folder, 'test', '--workspace', './workspace', ...more);

const ANNA = { id: 'anna', traits: { phone: '+4915112345678' }, consent: { promotions: ['sms'] } };

function tests(expect_: readonly object[], change: object = {}): Record<string, unknown> {
  const scenario = {
    name: 'Anna is reminded',
    start: '2026-03-27T10:00:00Z',
    customers: [ANNA],
    timeline: [{ at: '0 minutes', event: 'Product Added', properties: { price: 20 } }],
    expect: expect_,
    ...change,
  };
  return { 'workspace/tests/cart.json': { journey: 'cart', scenarios: [scenario] } };
}

const REMINDED = [
  { at: '0 minutes', enters: true },
  { at: '1 hour', sends: 'reminder', channel: 'sms' },
  { at: '1 hour', completes: true },
];

describe('test', () => {
  it('says that everything is as expected', async () => {
    expect(await test(writeShop(tests(REMINDED)))).toEqual({
      code: 0,
      out: '✓ cart  1 scenario\n\n1 scenario, all as expected\n',
      err: '',
    });
  });

  it('shows expected and actual side by side, in local time, and why', async () => {
    const wrong = [{ at: '2 hours', sends: 'reminder', channel: 'sms' }];
    const customers = [{ ...ANNA, traits: { ...ANNA.traits, timezone: 'Europe/Berlin' } }];
    const { code, out } = await test(writeShop(tests(wrong, { customers, nothingElse: true })));
    expect(code).toBe(1);
    expect(out).toContain('✗ Anna is reminded\n  cart · workspace/tests/cart.json:5\n');
    expect(out).toContain('anna Europe/Berlin, 2026');
    expect(out).toMatch(/Fri 27 Mar 11:00 +» Product Added · price 20/);
    expect(out).toMatch(/Fri 27 Mar 12:00 +(?:nothing else)? +≠ +sends reminder by sms/);
    expect(out).toMatch(/Fri 27 Mar 13:00 +sends reminder by sms +≠ +–/);
    expect(out).toContain('why: sends reminder by sms – it happened on Fri 27 Mar 12:00');
    expect(out.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });

  it('tells the reason of the decision that was taken instead', async () => {
    const customers = [{ ...ANNA, consent: { promotions: ['email'] } }];
    const { out } = await test(writeShop(tests(REMINDED, { customers })));
    expect(out).toContain(
      'why: sends reminder by sms – skips reminder by sms (no consent) on Fri 27 Mar 12:00',
    );
  });

  it('gives the same as JSON', async () => {
    const { code, out } = await test(writeShop(tests([{ at: '2 hours', sends: 'reminder' }])), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      scenarios: 1,
      passed: 0,
      failed: 1,
      results: [
        {
          journey: 'cart',
          scenario: 'Anna is reminded',
          file: 'tests/cart.json',
          line: 5,
          missing: [{ expect: 0, customer: 'anna', differences: ['at another time'] }],
        },
      ],
    });
  });

  it('points out what proves nothing, and passes', async () => {
    const { code, out } = await test(writeShop(tests([])));
    expect(code).toBe(0);
    expect(out).toContain('workspace/tests/cart.json:5:15  warning  nothing-expected');
  });

  it('plays nothing where something has errors', async () => {
    const { code, err } = await test(writeShop(tests([{ at: '1 hour', sends: 'remindr' }])));
    expect(code).toBe(2);
    expect(err).toContain('Did you mean "reminder"?');
    expect(err).toContain('nothing was played');
  });

  it('plays the scenarios of one journey alone, and suggests the one that was meant', async () => {
    const shop = writeShop(tests(REMINDED));
    expect((await test(shop, 'cart')).code).toBe(0);
    const { code, err } = await test(shop, 'crat');
    expect(code).toBe(2);
    expect(err).toContain('Did you mean cart?');
  });

  it('says where there are no scenarios', async () => {
    const { code, err } = await test(writeShop());
    expect(code).toBe(2);
    expect(err).toContain('there are no scenarios in workspace/tests');
  });
});

describe('test --coverage', () => {
  it('lists what no scenario shows, with the line', async () => {
    const customers = [{ ...ANNA, consent: { promotions: ['email'] } }];
    const { code, out } = await test(
      writeShop(tests([{ at: '0 minutes', enters: true }], { customers })),
      '--coverage',
    );
    expect(code).toBe(1);
    expect(out).toMatch(
      /cart +67 % +2 of 3 ways\n +workspace\/journeys\/cart\.json:14 +remind never sends reminder/,
    );
  });

  it('says that nothing is missing', async () => {
    const { code, out } = await test(writeShop(tests(REMINDED)), '--coverage');
    expect(code).toBe(0);
    expect(out).toContain('every step, arm and exit is taken by a scenario');
  });
});

describe('test --mutate', () => {
  it('lists the changes that no scenario notices, and what would show them', async () => {
    const { code, out } = await test(writeShop(tests([{ at: '0 minutes', enters: true }])), '--mutate');
    expect(code).toBe(1);
    expect(out).toMatch(/cart\.json:\d+ +without the step "give-time"/);
    expect(out).toMatch(/"for": 1 hour becomes 2 hours\n +show something between 1 hour and twice that/);
  });

  it('says that each is noticed', async () => {
    const { code, out } = await test(writeShop(tests(REMINDED, { nothingElse: true })), '--mutate');
    expect(out).toMatch(/\d changes, each noticed by a scenario\n$/);
    expect(code).toBe(0);
  });
});
