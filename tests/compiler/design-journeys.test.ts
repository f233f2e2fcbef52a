// Journeys that other people wrote in the language, not with this compiler at hand: with a vocabulary that fits them they pass
// the check without a word and compile. They lie beside the repository; without them nothing is compared.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import validateMachine from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';
import { readWorkspace, type MessageSummary } from '#lib/compiler/workspace.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';

const DESIGN = resolve(import.meta.dirname, '../../../shared/design');
const isThere = existsSync(DESIGN);

const settings = {
  brand: { name: 'Shop', address: 'Street 1, 12345 Town' },
  timezone: 'Europe/Berlin',
  locale: 'en',
  vocabulary: {
    events: {
      'Product Viewed': { product_id: 'text' },
      'Product Added': { price: 'number', cart_id: 'text' },
      'Cart Viewed': { cart_id: 'text' },
      'Cart Updated': { cart_id: 'text', value: 'number' },
      'Cart Emptied': { cart_id: 'text' },
      'Order Completed': { order_id: 'text', cart_id: 'text', total: 'number' },
      'Order Delivered': { order_id: 'text' },
      'Order Returned': { order_id: 'text' },
      'Review Submitted': { order_id: 'text' },
      'Survey Answered': { score: 'number' },
      'Detractor Found': { score: 'number' },
      'Trial Started': {},
      'Subscription Started': {},
      'Account Created': {},
      'Project Created': {},
      'Member Invited': {},
    },
    traits: { birthday: 'date', trialEndsOn: 'date', preferredChannel: 'text' },
  },
  topics: {
    promotions: { name: 'Offers' },
    'win-back': { name: 'Come back' },
    product: { name: 'Product' },
    feedback: { name: 'Feedback' },
  },
  quietHours: { default: { from: '21:00', to: '08:00' } },
  senders: {
    default: {
      email: { from: 'Shop <hello@shop.example>' },
      sms: { sender: 'Shop' },
      whatsapp: { sender: '1' },
      push: { application: 'app' },
    },
  },
};

/** Segments that the journeys name and nobody wrote a file for. */
const SEGMENTS = {
  reachable: { name: 'Reachable', when: { reachable: 'email', topic: 'promotions' } },
  'big-spender': { name: 'Big spender', when: { did: 'Order Completed', sum: 'total', gte: 500 } },
};

/** Some of them none of the journeys names: that they are not used is told, and right. */
const NOT_NAMED = new Set(Object.keys(SEGMENTS).map((id) => `segments/${id}.json`));

/** What messages print of what steps have kept. */
const PRINTED: Readonly<Record<string, readonly string[]>> = {
  'cart-reminder': ['cart.value'],
  'category-picks': ['looked.product_id'],
};

/** Every message that the texts name, with content for every channel. */
function messagesOf(texts: readonly string[]): MessageSummary[] {
  const ids = new Set(
    texts.flatMap((text) => [...text.matchAll(/"message": "([^"]+)"/g)].map((found) => found[1] ?? '')),
  );
  const channels: Channel[] = ['email', 'sms', 'push', 'whatsapp', 'inapp'];
  return [...ids].map((id) => ({
    id,
    hash: `hash-of-${id}`,
    channels,
    locales: ['en'],
    file: `messages/${id}/message.json`,
    unsubscribe: true,
    savedProperties: texts.some((text) => text.includes('"saveAs"')) ? (PRINTED[id] ?? []) : [],
  }));
}

function check(
  journeys: readonly { path: string; text: string }[],
  segments: readonly { path: string; text: string }[],
) {
  return readWorkspace({
    settings: { path: 'settings.json', text: JSON.stringify(settings) },
    journeys,
    segments,
    messages: messagesOf(journeys.map(({ text }) => text)),
    readLiquid,
  });
}

/** The first example of the page in a code block that is a journey. */
function exampleOfPage(): string {
  const page = readFileSync(join(DESIGN, 'journey-language.md'), 'utf8');
  const blocks = [...page.matchAll(/```jsonc\n([\s\S]*?)```/g)].map((block) => block[1] ?? '');
  return blocks.find((block) => block.includes('"steps"')) ?? '';
}

describe.skipIf(!isThere)('journeys of the design', () => {
  const folder = join(DESIGN, 'journeys');
  const files = isThere ? readdirSync(folder).filter((name) => name.endsWith('.jsonc')) : [];
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const journeys = files
    .filter((name) => !name.startsWith('segment-'))
    .map((name) => ({ path: `journeys/${name.replace(/^\d+-/, '')}`, text: read(name) }));
  const segments = [
    ...files
      .filter((name) => name.startsWith('segment-'))
      .map((name) => ({ path: `segments/${name.replace('segment-', '')}`, text: read(name) })),
    ...Object.entries(SEGMENTS).map(([id, one]) => ({
      path: `segments/${id}.json`,
      text: JSON.stringify(one),
    })),
  ];

  it('are all there', () => {
    expect(journeys.length).toBeGreaterThanOrEqual(7);
  });

  it('pass the check: no errors, and nothing to warn of', () => {
    const told = check(journeys, segments).diagnostics.filter(({ file }) => !NOT_NAMED.has(file));
    expect(told).toEqual([]);
  });

  it.each(journeys.map(({ path }) => path))('%s compiles to a machine that asl-validator takes', (path) => {
    const { journeys: checked } = check(journeys, segments);
    const journey = checked.find((one) => one.file === path);
    if (journey === undefined) throw new Error(`${path} has errors`);
    const { machine } = compileManifest(journey.manifest);
    const { errorsText } = validateMachine(structuredClone(machine));
    expect(errorsText()).toBe('');
  });

  it('the cart recovery of the language page passes and compiles', () => {
    const source = [{ path: 'journeys/cart-recovery.json', text: exampleOfPage() }];
    const { diagnostics, journeys: checked } = check(source, segments);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(diagnostics.filter(({ file }) => file === 'journeys/cart-recovery.json')).toEqual([]);
    expect(checked.map(({ id }) => id)).toEqual(['cart-recovery']);
    for (const { manifest } of checked)
      expect(Object.keys(compileManifest(manifest).machine.States)).toContain('looked-again');
  });
});
