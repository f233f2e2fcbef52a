import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemorySwitches } from '#lib/adapters/memory/switches.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import { audienceExecutionName, type AudienceInput } from '#lib/contracts/audience.ts';
import type { DeploymentClock, DueLook } from '#lib/contracts/deployment-clock.ts';
import { addMillis, fromMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import { everyMinute, type MinutePorts } from '#lib/engine/use-cases/every-minute.ts';
import { createWorkspace, type Workspace } from '#lib/engine/workspace.ts';
import type { JourneyRules } from '#lib/journey/journey-rules.ts';
import { SETTINGS, manifest, pause as rest } from '../../laws/world/journeys.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NINE = { rule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0' };
const START = fromMillis(Date.parse('2026-03-02T10:00:00.000Z'));
const daily = compileManifest(
  manifest(
    'daily',
    { trigger: { kind: 'schedule', zone: 'Europe/Berlin', every: NINE }, reentry: { mode: 'always' } },
    { rest: rest('1 minute', null) },
  ),
);

function workspaceOf(rules: Partial<JourneyRules> = {}): Workspace {
  return createWorkspace({
    manifests: [daily.manifest],
    newest: { daily: daily.version },
    journeys: { daily: { status: 'live', whilePaused: 'hold', ...rules } },
    settings: SETTINGS,
  });
}

/** A customer of one of the sixteen parts. */
function customer(number: number): string {
  return `${(number % 16).toString(16)}${number.toString(16).padStart(31, '0')}`;
}

/** A deployment whose ports only keep what they are told; `breaks` names a port that fails from now on. */
function deployment() {
  const started = new Map<string, AudienceInput>();
  const handedOn: string[] = [];
  const looks: DueLook[] = [];
  const state = {
    now: START,
    monotonic: 0,
    clock: undefined as DeploymentClock | undefined,
    breaks: new Set<'audience' | 'queue' | 'save'>(),
    workspace: workspaceOf(),
  };
  const may = (what: 'audience' | 'queue' | 'save'): void => {
    if (state.breaks.has(what)) throw new Error(`${what} is out of reach`);
  };
  const switches = new MemorySwitches();
  const ports: MinutePorts = {
    clock: { now: () => state.now, monotonic: () => (state.monotonic += 1) },
    switches,
    clocks: {
      load: () => Promise.resolve(state.clock),
      save: async (clock) => {
        may('save');
        if (clock.revision !== (state.clock?.revision ?? 0) + 1) return 'conflict';
        state.clock = clock;
        return Promise.resolve('saved');
      },
    },
    audience: {
      start: async (input) => {
        may('audience');
        const name = audienceExecutionName(input);
        const isNew = !started.has(name);
        started.set(name, input);
        return Promise.resolve(isNew ? 'started' : 'already there');
      },
    },
    index: {
      due: (shard, upTo, after, most) =>
        Promise.resolve(
          looks
            .filter(({ at, customer: one }) => one.startsWith(shard) && at <= upTo)
            .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
            .filter((one) => after === undefined || order(one) > order(after))
            .slice(0, most),
        ),
    },
    queue: {
      put: async (customers) => {
        may('queue');
        handedOn.push(...customers);
        return Promise.resolve();
      },
    },
  };
  return {
    state,
    switches,
    looks,
    handedOn,
    minute: (until = Number.POSITIVE_INFINITY, mark = 'the first') =>
      everyMinute(ports, { workspace: state.workspace, mark }, until),
    pass: (millis: number): void => {
      state.now = addMillis(state.now, millis);
    },
    schedules: (): Instant[] =>
      [...started.values()].flatMap((input) => (input.kind === 'schedule' ? [input.at] : [])),
    catchUps: (): number => [...started.values()].filter(({ kind }) => kind === 'catch up').length,
  };
}

function order({ at, customer: one }: DueLook): string {
  return `${at} ${one}`;
}

describe('which repository is deployed', () => {
  it('is written down with every minute, also where nobody has to be looked at because of it', async () => {
    const { minute, state, pass, catchUps } = deployment();
    await minute();
    expect(state.clock?.repository).toBe('the first');
    pass(60_000);
    await minute(Number.POSITIVE_INFINITY, 'the second');
    expect([state.clock?.repository, catchUps()]).toEqual(['the second', 0]);
  });
});

describe('schedules for everybody', () => {
  it('let in what takes place from the first minute on, and nothing of before', async () => {
    const { minute, pass, schedules } = deployment();
    await minute();
    expect(schedules()).toEqual([]);
    pass(22 * HOUR - 1);
    await minute();
    expect(schedules()).toEqual([]);
    pass(1);
    await minute();
    expect(schedules()).toEqual(['2026-03-03T08:00:00.000Z']);
  });

  it('whatever breaks and however the clock is set: each begins at most once, and the latest always does', async () => {
    const ticks = fc.array(
      fc.record({
        hours: fc.integer({ min: -3, max: 60 }),
        breaks: fc.constantFrom('nothing', 'nothing', 'audience', 'queue', 'save'),
      }),
      { minLength: 1, maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(ticks, async (all) => {
        const { state, minute, pass, schedules } = deployment();
        await minute();
        const began = state.now;
        const missing: Instant[] = [];
        for (const { hours, breaks } of all) {
          pass(hours * HOUR);
          state.breaks = new Set(breaks === 'nothing' ? [] : [breaks]);
          await minute().catch(() => {});
          const last = latestNine(state.now);
          if (breaks !== 'audience' && last > began && !schedules().includes(last)) missing.push(last);
        }
        expect(missing).toEqual([]);
        expect(schedules().every((at) => at > began)).toBe(true);
        expect(new Set(schedules()).size).toBe(schedules().length);
      }),
    );
  });

  it('of several that nobody was there for, only the latest is made up', async () => {
    const { minute, pass, schedules } = deployment();
    await minute();
    pass(72 * HOUR);
    await minute();
    expect(schedules()).toEqual(['2026-03-05T08:00:00.000Z']);
  });

  it('of a journey that lets nobody in, nobody is asked', async () => {
    const { state, minute, pass, schedules, switches } = deployment();
    await minute();
    switches.set('daily', 'paused');
    pass(24 * HOUR);
    await minute();
    switches.set('daily', 'live');
    state.workspace = workspaceOf({ ends: '2026-03-01' });
    pass(24 * HOUR);
    await minute();
    expect(schedules()).toEqual([]);
  });
});

/** The last 09:00 of Berlin (winter) at or before an instant. */
function latestNine(now: Instant): Instant {
  const day = 24 * HOUR;
  return fromMillis(Math.floor((toMillis(now) - 8 * HOUR) / day) * day + 8 * HOUR);
}

describe('changes that everybody has to be looked at for', () => {
  it('a deployment, once every function has had time to hear of it, and once', async () => {
    const { state, minute, pass, catchUps } = deployment();
    await minute();
    state.workspace = workspaceOf({ whilePaused: 'drop' });
    for (let minutes = 0; minutes < 11; minutes += 1) {
      expect(catchUps()).toBe(0);
      await minute();
      pass(MINUTE);
    }
    for (let minutes = 0; minutes < 30; minutes += 1) {
      expect(catchUps()).toBe(1);
      await minute();
      pass(MINUTE);
    }
  });

  it('a switch within a minute, and one that is taken back as well', async () => {
    const { minute, pass, catchUps, switches } = deployment();
    const pause = async (to: 'paused' | 'live'): Promise<void> => {
      switches.set('daily', to);
      await minute();
      pass(MINUTE);
    };
    await minute();
    await pause('paused');
    await pause('paused');
    expect(catchUps()).toBe(1);
    await pause('live');
    await pause('paused');
    await pause('paused');
    expect(catchUps()).toBe(2);
  });

  it('dies behind the start and comes again: everybody is asked once', async () => {
    const { state, minute, pass, catchUps, switches } = deployment();
    await minute();
    switches.set('daily', 'paused');
    await minute();
    pass(MINUTE);
    state.breaks.add('save');
    await expect(minute()).rejects.toThrow('save');
    pass(MINUTE);
    state.breaks.clear();
    await minute();
    expect(catchUps()).toBe(1);
  });
});

function due(looks: DueLook[], count: number): void {
  for (let number = 0; number < count; number += 1) looks.push({ at: START, customer: customer(number) });
}

describe('customers whose look has come', () => {
  it('are handed on once in ten minutes, though the index still names them', async () => {
    const { looks, handedOn, minute, pass } = deployment();
    due(looks, 40);
    for (let minutes = 0; minutes < 10; minutes += 1) {
      await minute();
      pass(MINUTE);
    }
    expect(handedOn).toHaveLength(40);
    await minute();
    expect(handedOn).toHaveLength(80);
  });

  it('one who is found behind the place where the last minute has stopped is handed on within ten minutes', async () => {
    const { looks, handedOn, minute, pass } = deployment();
    due(looks, 40);
    await minute();
    looks.push({ at: addMillis(START, -HOUR), customer: customer(99) });
    for (let minutes = 0; minutes < 10; minutes += 1) {
      pass(MINUTE);
      await minute();
    }
    expect(handedOn).toContain(customer(99));
  });

  it('more than one minute can hand on are handed on by the next ones, at one and the same instant too', async () => {
    const { state, looks, handedOn, minute, pass } = deployment();
    due(looks, 16 * 2500);
    for (let minutes = 0; minutes < 4; minutes += 1) {
      await minute(state.monotonic + 20);
      pass(MINUTE);
    }
    expect(new Set(handedOn).size).toBe(16 * 2500);
    expect(handedOn).toHaveLength(16 * 2500);
  });

  it('come, though nobody can be asked because of a schedule; those whom the queue has not taken come again', async () => {
    const { state, looks, handedOn, minute, pass, schedules } = deployment();
    await minute();
    pass(24 * HOUR);
    due(looks, 3);
    state.breaks.add('audience');
    await expect(minute()).rejects.toThrow('audience');
    expect(handedOn).toHaveLength(3);
    state.breaks = new Set(['queue']);
    due(looks, 5);
    await expect(minute()).rejects.toThrow('queue');
    state.breaks.clear();
    await minute();
    expect(new Set(handedOn).size).toBe(5);
    expect(schedules()).toHaveLength(1);
  });
});
