// A play in several threads is the same play: in one part and in two the sample stream gives the same bytes.
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadWorkspace, type LoadedWorkspace } from '#lib/cli/load-workspace.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import { instantSchema } from '#lib/contracts/time.ts';
import { engineSettings } from '#lib/engine/engine-settings.ts';
import { breakerLimits } from '#lib/journey/breaker.ts';
import { playInParts, type PartedPlayOptions } from '#lib/simulator/play-in-parts.ts';
import type { PlayProgress } from '#lib/simulator/play.ts';
import { temporaryFile } from './temporary-file.ts';

const folder = resolve(import.meta.dirname, '../../workspace');
const sample = resolve(folder, 'events/sample.jsonl.gz');
/** Enough to write several pieces of lines, and soon played. */
const BEGINNING = 1000;
let workspace: LoadedWorkspace;

beforeAll(async () => {
  workspace = await loadWorkspace(folder);
}, 600_000);

function optionsOf(changes: Partial<PartedPlayOptions>): PartedPlayOptions {
  const { settings, messages, journeys, segments } = workspace;
  if (settings === undefined) throw new Error('the settings have errors');
  return {
    events: sample,
    journeys: journeys.map(({ manifest }) => compileManifest(manifest)),
    settings: engineSettings(settings),
    segments,
    rendering: { messages, settings },
    ...changes,
  };
}

async function playSample(changes: Partial<PartedPlayOptions>) {
  const trace: string[] = [];
  const outbox: string[] = [];
  const result = await playInParts(
    optionsOf({ onTrace: (text) => trace.push(text), onMessage: (text) => outbox.push(text), ...changes }),
  );
  return { result, trace, outbox };
}

const beginning = (): string =>
  gunzipSync(readFileSync(sample)).toString('utf8').split('\n').slice(0, BEGINNING).join('\n');

const at = (minute: number): string => new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString();
const line = (userId: string, minute: number): string =>
  `${JSON.stringify({ type: 'track', userId, event: 'Seen', timestamp: at(minute) })}\n`;

const track = (userId: string, timestamp: string, event: string, properties: object): object => ({
  type: 'track',
  userId,
  timestamp,
  event,
  properties,
});

const temporaryFiles = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('wend-play-'));

// Minutes where the machine has other work: this is no measurement.
describe('a play in several parts', { timeout: 600_000 }, () => {
  it.each([
    ['as it is', {}],
    ['in disorder', { disorder: 7 }],
  ])('gives byte for byte what one part gives, for a stream %s', async (_what, changes) => {
    const events = temporaryFile(beginning());
    const one = await playSample({ ...changes, events, parts: 1 });
    const two = await playSample({ ...changes, events, parts: 2 });
    expect(JSON.stringify(two.result)).toBe(JSON.stringify(one.result));
    expect(two.trace.length).toBeGreaterThan(1000);
    expect(two.trace.join('\n')).toBe(one.trace.join('\n'));
    expect(two.outbox.length).toBeGreaterThan(100);
    expect(two.outbox.join('\n')).toBe(one.outbox.join('\n'));
  });

  it('gives it where it is stopped, too', async () => {
    const changes = {
      events: temporaryFile(beginning()),
      until: instantSchema.parse('2026-03-03T09:00:00.000Z'),
    };
    const one = await playSample({ ...changes, parts: 1 });
    const two = await playSample({ ...changes, parts: 2 });
    expect(one.trace.length).toBeGreaterThan(100);
    expect(two).toEqual(one);
  });

  it.each([
    ['pauses a journey for what the customers of both parts report', 12, true],
    ['pauses none', 7, false],
  ])('gives it where the breaker %s', async (_what, bounces, pauses) => {
    const crowd = Array.from({ length: 40 }, (_, index) => {
      const [userId, traits] = [`c${index}`, { email: `c${index}@example.com` }];
      const report = index < bounces * 2 && index % 2 === 0 ? 'Message Bounced' : 'Message Delivered';
      return [
        { type: 'identify', userId, timestamp: at(index), traits },
        track(userId, at(index), 'Consent Changed', { topic: 'promotions', granted: true }),
        track(userId, at(120 + index), report, { message: 'welcome', type: 'hard' }),
      ];
    });
    const stream = crowd.flat().map((call) => JSON.stringify(call));
    const changes = { events: temporaryFile(stream.join('\n')), breaker: breakerLimits({ messages: 10 }) };
    const one = await playSample({ ...changes, parts: 1 });
    const two = await playSample({ ...changes, parts: 2 });
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
    const paused = one.trace.filter((text) => text.includes('"kind":"paused"'));
    expect(paused).toHaveLength(pauses ? 1 : 0);
    expect(one.result.report.journeys['welcome']?.paused !== undefined).toBe(pauses);
  });

  it('knows devices, duplicates and lines that are no calls as one part does', async () => {
    const lines = Array.from({ length: 60 }, (_, index) => {
      const common = {
        type: 'track',
        event: 'Product Viewed',
        messageId: `m${index % 50}`,
        timestamp: at(index),
      };
      const device = `device-${index % 7}`;
      if (index % 5 === 0) return '{';
      return JSON.stringify(
        index % 3 === 0
          ? { ...common, anonymousId: device }
          : { ...common, userId: `user-${index % 11}`, anonymousId: device },
      );
    });
    const events = temporaryFile(lines.join('\n'));
    const one = await playSample({ events, parts: 1, disorder: 3 });
    const three = await playSample({ events, parts: 3, disorder: 3 });
    expect(one.result.refused.map(({ reason }) => reason)).toContain('anonymous');
    expect(JSON.stringify(three.result)).toBe(JSON.stringify(one.result));
  });

  it('tells how far all parts together have come, and leaves no temporary files', async () => {
    const before = temporaryFiles();
    const events = temporaryFile(beginning());
    const told: PlayProgress[] = [];
    const { result } = await playSample({ events, parts: 2, onProgress: (progress) => told.push(progress) });
    const played = told.map((progress) => progress.played);
    expect(played).toEqual(played.toSorted((a, b) => a - b));
    expect(told.at(-1)).toMatchObject({ played: result.report.events, now: result.last });
    expect(new Set(told.map(({ total }) => total))).toEqual(new Set([result.report.events]));
    expect(played.length).toBeGreaterThan(3);
    expect(temporaryFiles()).toEqual(before);
  });

  it('ends with the problem that a part has met, as one part does', async () => {
    const events = temporaryFile(line('anna', 1) + line('bert', 2));
    const options = optionsOf({ events, parts: 2 });
    const settings = {
      ...options.settings,
      get timezone(): string {
        // Asked when the parts are started, after the stream was surveyed.
        if (existsSync(events)) appendFileSync(events, line('carl', 3));
        return 'UTC';
      },
    };
    const failing = playInParts({ ...options, settings });
    await expect(failing).rejects.toMatchObject({
      name: 'StreamProblem',
      where: 'content',
      message: `${events} was changed while it was read`,
    });
  });
});
