// Steps that act, in a simulation: what is emitted comes back to the same customer, and functions answer what they are told to.
import { describe, expect, it } from 'vitest';
import type { CallBehaviour } from '#lib/adapters/memory/calls.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { ActionSettings } from '#lib/contracts/action-calls.ts';
import { addMillis } from '#lib/contracts/time.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { Simulation } from '#lib/simulator/simulation.ts';
import { at } from '../engine/bench.ts';
import { acting, manifest, SETTINGS } from '../laws/world/journeys.ts';

const START = at('2026-03-27T10:00:00Z');
const ASK: ActionSettings = {
  type: 'invoke',
  id: 'ask',
  function: 'score',
  input: { who: '{{ customer.id }}', points: '{{ entry.points }}' },
  saveAs: 'score',
  onFailure: 'continue',
};
const TELL: ActionSettings = {
  type: 'emit',
  id: 'tell',
  event: 'Scored',
  properties: { value: '{{ saved.score.value }}' },
};
const JOURNEYS = [
  manifest(
    'source',
    { event: 'Signed Up', prints: ['points'], reentry: { mode: 'always' } },
    { ask: acting(ASK, 'tell'), tell: acting(TELL, null) },
    { saved: { score: ['value'] } },
  ),
  manifest(
    'echo',
    { event: 'Scored', prints: ['value'], reentry: { mode: 'always' } },
    { note: acting({ type: 'update', id: 'note', set: { score: '{{ entry.value }}' } }, null) },
  ),
].map(compileManifest);

async function played(answers?: CallBehaviour): Promise<LogEntry[]> {
  const log: LogEntry[] = [];
  const simulation = new Simulation({
    journeys: { journeys: JOURNEYS, settings: SETTINGS },
    renderer: { channels: () => [], render: (_, channel, to, locale) => ({ channel, to, locale }) },
    start: START,
    onDecision: (_, entry) => log.push(entry),
    ...(answers === undefined ? {} : { answers }),
  });
  const common = { kind: 'event', at: START, received: START } as const;
  const input = { ...common, id: 'in', event: 'Signed Up', properties: { points: 7, name: 'Ada' } };
  await simulation.feed({ external: 'ada', input });
  await simulation.runToEnd();
  return log;
}

function told(log: readonly LogEntry[]): string[] {
  return log
    .filter(({ kind }) => ['enters', 'calls', 'emits', 'sets', 'ignores', 'completes'].includes(kind))
    .map(({ kind, journey, name, reason, outcome }) =>
      [journey, kind, name, outcome, reason].filter((part) => part !== undefined).join(' '),
    );
}

describe('acting in a simulation', () => {
  it('an answer is emitted, comes back, and changes the profile, at one instant', async () => {
    const asked: unknown[] = [];
    const log = await played((call) => {
      asked.push(call.body);
      return { kind: 'answered', value: { value: 80 } };
    });
    expect(asked).toEqual([{ who: 'ada', points: 7 }]);
    expect(told(log)).toEqual([
      'source enters Signed Up',
      'source calls score answered',
      'source emits Scored',
      'source completes',
      'echo enters Scored',
      'echo sets score',
      'echo completes',
    ]);
    expect(new Set(log.map((entry) => entry.at))).toEqual(new Set([START]));
    expect(log.find(({ kind }) => kind === 'sets')?.value).toBe(80);
  });

  it('without answers every call gets an empty object, and what is missing is said', async () => {
    expect(told(await played())).toEqual([
      'source enters Signed Up',
      'source calls score answered',
      'source ignores no value for value',
      'source emits Scored',
      'source completes',
      'echo enters Scored',
      'echo ignores no value for set.score',
      'echo completes',
    ]);
  });

  it('who is busy is asked again with growing patience, under one key, for a quarter of an hour', async () => {
    const keys: string[] = [];
    const log = await played(({ key }) => {
      keys.push(key);
      return { kind: 'try later', reason: 'throttled' };
    });
    expect(keys).toHaveLength(10);
    expect(new Set(keys).size).toBe(1);
    expect(told(log).slice(0, 2)).toEqual(['source enters Signed Up', 'source calls score failed throttled']);
    const failed = log.find(({ kind }) => kind === 'calls')?.at ?? START;
    expect(failed > addMillis(START, 60_000) && failed < addMillis(START, 1_100_000)).toBe(true);
  });
});
