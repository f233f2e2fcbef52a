// A workspace small enough to reason about by hand, and streams for it.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import { compileManifest, type CompiledJourney } from '#lib/compiler/compile.ts';
import { readWorkspace } from '#lib/compiler/workspace.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';
import { addMillis, instantSchema, type Instant } from '#lib/contracts/time.ts';
import type { Renderer } from '#lib/engine/ports.ts';
import { play, type PlayOptions, type PlayResult } from '#lib/simulator/play.ts';
import { playReportSchema } from '#lib/simulator/report.ts';
import type { OutboxLine, TraceLine } from '#lib/simulator/trace.ts';
import { temporaryFile } from './temporary-file.ts';

/** Where the streams begin: a Friday at 10:00 in UTC, the zone of everybody here. */
export const START = instantSchema.parse('2026-03-27T10:00:00.000Z');

const HOUR = 60 * 60 * 1000;

/** So many hours after the start. */
export function hours(count: number): Instant {
  return addMillis(START, count * HOUR);
}

export const SETTINGS = {
  brand: { name: 'Small shop' },
  timezone: 'UTC',
  locale: 'en',
  vocabulary: {
    events: {
      'Product Added': { price: 'number', cart_id: 'text' },
      'Cart Viewed': { cart_id: 'text' },
      'Order Completed': { total: 'number' },
    },
    traits: { firstName: 'text', plan: 'text', renewsOn: 'date' },
  },
  topics: { promotions: { name: 'Offers' } },
  endpoints: { crm: { url: 'https://crm.example.com/hook' } },
  defaultTopic: 'promotions',
  senders: { default: { email: { from: 'Shop <shop@example.com>' } } },
  quietHours: { default: { from: '21:00', to: '08:00' } },
};

export const CART = {
  name: 'Cart',
  stage: 'decision',
  status: 'live',
  entry: { event: 'Product Added', where: { 'event.price': { gte: 20 } }, reentry: { after: '30 days' } },
  goal: { event: 'Order Completed', within: '7 days' },
  delivery: { topic: 'promotions' },
  steps: [
    { id: 'give-time', type: 'wait', for: '1 hour' },
    { id: 'remind', type: 'send', message: 'reminder', channel: 'email' },
    {
      id: 'looked-again',
      type: 'waitFor',
      within: '2 days',
      events: [
        { event: 'Cart Viewed', then: [{ id: 'help', type: 'send', message: 'help', channel: 'email' }] },
      ],
      otherwise: [{ id: 'offer', type: 'send', message: 'offer', channel: 'email' }],
    },
  ],
};

/** The journeys, checked and compiled. */
export function compileJourneys(
  journeys: Readonly<Record<string, unknown>> = { cart: CART },
): readonly CompiledJourney[] {
  const messages = ['reminder', 'help', 'offer'].map((id) => ({
    id,
    hash: '0123456789ab',
    channels: ['email'] as const,
    locales: ['en'],
    unsubscribe: true,
    file: `messages/${id}/message.json`,
  }));
  const checked = readWorkspace({
    readLiquid,
    settings: { path: 'settings.json', text: JSON.stringify(SETTINGS) },
    journeys: Object.entries(journeys).map(([id, journey]) => ({
      path: `journeys/${id}.json`,
      text: JSON.stringify(journey),
    })),
    messages,
  });
  const errors = checked.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return checked.journeys.map(({ manifest }) => compileManifest(manifest));
}

const renderer: Renderer = {
  channels: () => ['email'],
  render: (message, channel, to, locale, { profile }) => ({
    channel,
    to,
    locale,
    subject: message,
    text: `Hello ${String(profile['firstName'])}`,
  }),
};

/** Lines of a stream: `[hours after the start, user, event or traits, properties]`. */
export type Said = readonly [number, string, string | Record<string, unknown>, Record<string, unknown>?];

/** The stream as text, each call with an id after its place. */
export function streamOf(said: readonly Said[]): string {
  const lines = said.map(([hour, userId, what, properties], index) => {
    const common = { messageId: `m${index}`, userId, timestamp: hours(hour) };
    return typeof what === 'string'
      ? { ...common, type: 'track', event: what, properties }
      : { ...common, type: 'identify', traits: what };
  });
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

export const consent = { topic: 'promotions', channel: 'email', granted: true };

/** What a play says and writes. */
export interface Played extends PlayResult {
  readonly trace: readonly TraceLine[];
  readonly outbox: readonly OutboxLine[];
}

/** Plays a stream on the small shop. Every report is held against its schema. */
export async function playStream(
  content: string | Uint8Array,
  options: Partial<PlayOptions> = {},
): Promise<Played> {
  const trace: TraceLine[] = [];
  const outbox: OutboxLine[] = [];
  const result = await play({
    events: temporaryFile(content),
    journeys: options.journeys ?? compileJourneys(),
    settings: { timezone: 'UTC', locale: 'en', topics: { promotions: {} } },
    renderer,
    onTrace: (line) => trace.push(line),
    onMessage: (line) => outbox.push(line),
    ...options,
  });
  playReportSchema.parse(result.report);
  return { ...result, trace, outbox };
}

/** A trace as short lines: hours after the start, user, what happened. */
export function story(trace: readonly TraceLine[]): string[] {
  return trace.map(({ at, external, kind, step, branch, reason, channel }) => {
    const hour = (Date.parse(at) - Date.parse(START)) / HOUR;
    const words = [kind, step, branch, channel, reason].filter((word) => word !== undefined);
    return `${hour} ${external} ${words.join(' ')}`;
  });
}
