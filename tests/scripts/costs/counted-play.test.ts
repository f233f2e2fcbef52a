// The page of costs stands on these counts: what is written in a play is what the adapters of the table would write.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { Renderer } from '#lib/engine/ports.ts';
import { countPlay, type PlayCounts } from '../../../scripts/costs/counted-play.ts';
import { costOfJourney } from '../../../scripts/costs/price-of-work.ts';
import { SETTINGS, letter, manifest, pause } from '../../laws/world/journeys.ts';

const renderer: Renderer = {
  channels: () => ['email'],
  render: (_message, channel, to, locale) => ({ channel, to, locale, text: 'hello' }),
};
const folder = mkdtempSync(join(tmpdir(), 'wend-counts-'));
let counts: PlayCounts;

function call(minute: number, more: object): string {
  const timestamp = `2026-03-02T10:0${minute}:00.000Z`;
  return JSON.stringify({ userId: 'ada', messageId: `m${minute}`, timestamp, ...more });
}

beforeAll(async () => {
  const events = join(folder, 'events.jsonl');
  const lines = [
    call(0, { type: 'identify', traits: { email: 'ada@example.com' } }),
    call(1, { type: 'track', event: 'Signed Up' }),
  ];
  writeFileSync(events, lines.join('\n'));
  const steps = { rest: pause('1 day', 'hello'), hello: letter('hello', null) };
  const journey = compileManifest(manifest('journey', 'Signed Up', steps));
  counts = await countPlay({ events, journeys: [journey], settings: SETTINGS, renderer });
});
afterAll(() => rmSync(folder, { recursive: true }));

it('each event is one read and one write, the send one read and two writes', () => {
  expect(counts.work.get('event')).toMatchObject({ calls: 2, reads: 2, writes: 2 });
  expect(counts.journeys.get('journey')?.work.get('send')).toMatchObject({ calls: 1, reads: 1, writes: 2 });
});

it('each decision that told something is one entry of the timeline, and the start is confirmed by one write', () => {
  const relay = counts.journeys.get('journey')?.work.get('relay');
  expect(relay?.writes).toBe(1);
  expect(relay?.told).toBe(relay?.toldUnits);
  expect(relay?.told).toBeGreaterThan(1);
});

it('a million runs cost what their transitions, their calls and their messages cost', () => {
  const journey = counts.journeys.get('journey');
  expect(journey).toMatchObject({ runs: 1, transitions: 2 });
  const cost = journey && costOfJourney('journey', journey);
  expect(cost).toMatchObject({ orchestration: 50, messages: 160 });
  expect(cost?.everythingElse).toBeGreaterThan(0);
});
