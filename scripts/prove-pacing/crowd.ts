// A shop with one journey whose message is due for everybody at the same instant, and its customers.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileManifest, type CompiledJourney } from '#lib/compiler/compile.ts';
import { readWorkspace } from '#lib/compiler/workspace.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';

const SETTINGS = {
  brand: { name: 'Shop' },
  timezone: 'UTC',
  locale: 'en',
  vocabulary: { events: { 'Product Added': {} } },
  topics: { promotions: { name: 'Offers', withoutRecord: 'granted' } },
  defaultTopic: 'promotions',
  senders: { default: { email: { from: 'Shop <shop@example.com>' } } },
};

/** `expires`: until when the message is worth sending, from nine o'clock on. Throws where the journey is refused. */
export function shopOfOneJourney(expires: string): CompiledJourney {
  const journey = {
    name: 'At nine',
    stage: 'decision',
    status: 'live',
    entry: { event: 'Product Added' },
    delivery: { topic: 'promotions', quietHours: 'none' },
    steps: [
      { id: 'morning', type: 'wait', until: '09:00' },
      { id: 'hello', type: 'send', message: 'hello', channel: 'email', expires },
    ],
  };
  const { journeys, diagnostics } = readWorkspace({
    readLiquid,
    settings: { path: 'settings.json', text: JSON.stringify(SETTINGS) },
    journeys: [{ path: 'journeys/at-nine.json', text: JSON.stringify(journey) }],
    messages: [
      {
        id: 'hello',
        hash: '0123456789ab',
        channels: ['email'],
        locales: ['en'],
        unsubscribe: true,
        file: 'messages/hello/message.json',
      },
    ],
  });
  const [checked] = journeys;
  if (checked === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return compileManifest(checked.manifest);
}

/** So many customers, each of whom enters before nine; the path of the stream. */
export function writeStream(customers: number): string {
  const path = join(mkdtempSync(join(tmpdir(), 'wend-pacing-')), 'events.jsonl');
  const lines: string[] = [];
  for (let index = 0; index < customers; index += 1) {
    const userId = `u${index}`;
    const timestamp = new Date(Date.UTC(2026, 2, 27, 12) + index * 100).toISOString();
    const traits = { email: `u${index}@example.com` };
    lines.push(JSON.stringify({ type: 'identify', messageId: `i${index}`, userId, timestamp, traits }));
    lines.push(
      JSON.stringify({
        type: 'track',
        messageId: `e${index}`,
        userId,
        timestamp,
        event: 'Product Added',
        properties: {},
      }),
    );
  }
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}
