import { MemorySlots } from '#lib/adapters/memory/slots.ts';
import { MemorySwitches } from '#lib/adapters/memory/switches.ts';
import { describe, expect, it } from 'vitest';
import { addMillis, toMillis } from '#lib/contracts/time.ts';
import type { ArmAnswer, RunInput } from '#lib/contracts/step-calls.ts';
import { executionName } from '#lib/contracts/ids.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { Executions } from '#lib/engine/ports.ts';
import type { Engine } from '#lib/engine/use-cases/engine.ts';
import { lookAtCustomer } from '#lib/engine/use-cases/look-at-customer.ts';
import { relay } from '#lib/engine/use-cases/relay.ts';
import { takeCalls } from '#lib/engine/use-cases/take-calls.ts';
import { callStep } from '#lib/engine/use-cases/call-step.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { SETTINGS, awaiting, manifest } from '../../laws/world/journeys.ts';
import { START, idOf } from '../../laws/world/world.ts';

const ADA = idOf('ada');
const journey = compileManifest(
  manifest(
    'journey',
    'Signed Up',
    { wait: awaiting('1 hour', [['Clicked', null]], null) },
    { exits: [{ event: 'Left', reason: 'left' }] },
  ),
);

/** An engine whose executions only keep what was asked of them; `answers` says how they answer. */
function engine(answers: Partial<Executions> = {}) {
  const asked: string[] = [];
  const state = { now: START, document: undefined as CustomerDocument | undefined };
  const note = <T>(what: string, answer: T): Promise<T> => {
    asked.push(what);
    return Promise.resolve(answer);
  };
  const works: Engine = {
    workspace: createWorkspace({
      manifests: [journey.manifest],
      newest: { journey: journey.version },
      settings: SETTINGS,
    }),
    ports: {
      clock: { now: () => state.now, monotonic: () => toMillis(state.now) },
      store: {
        load: () => Promise.resolve(state.document),
        commit: (document) => {
          if (document.revision !== (state.document?.revision ?? 0) + 1) return Promise.resolve('conflict');
          state.document = document;
          return Promise.resolve('committed');
        },
      },
      executions: {
        start: (_, input: RunInput) => note(`start ${input.journey}`, 'started' as const),
        wake: (token, answer: ArmAnswer) => note(`wake ${token} with arm ${answer.arm}`, 'woken' as const),
        move: (token, { plan }) => note(`move ${token} to ${plan.until}`, 'woken' as const),
        stop: () => note('stop', 'stopped' as const),
        describe: () => note('describe', 'running' as const),
        ...answers,
      },
      renderer: { channels: () => [], render: (_, channel, to, locale) => ({ channel, to, locale }) },
      delivery: { send: () => Promise.resolve({ kind: 'accepted', id: 'm' }) },
      slots: new MemorySlots(),
      values: { fill: (values) => ({ values, missing: [] }) },
      bus: { put: (_, external, { id }) => note(`put ${id} of ${external}`, undefined) },
      calls: { call: () => Promise.resolve({ kind: 'answered', value: {} }) },
      switches: new MemorySwitches(),
      ledger: {
        append: (_, entries) => note(`write ${entries.map(({ what }) => what).join()}`, undefined),
        read: () => Promise.resolve([]),
      },
      belongings: { remove: () => note('remove', undefined) },
      timeline: {
        append: ({ log: entries }) => note(`tell ${entries.map(({ kind }) => kind).join()}`, undefined),
      },
    },
  };
  const tell = async (event: string): Promise<void> => {
    const at = state.now;
    await takeCalls(works, ADA, [
      {
        external: 'ada',
        input: { kind: 'event', id: `${event} ${at}`, at, received: at, event, properties: {} },
      },
    ]);
  };
  const document = (): CustomerDocument => {
    if (state.document === undefined) throw new Error('nobody is known');
    return state.document;
  };
  const register = async (token: string): Promise<void> => {
    const [[run, { version, waiting }] = ['', { version: '', waiting: undefined }]] = Object.entries(
      document().runs,
    );
    await callStep(works, 'await', {
      run: { run, leg: 1, customer: ADA, journey: 'journey', version },
      attempt: 0,
      loop: { visit: 1, round: 0, jumps: {} },
      token,
      step: { id: 'wait', since: waiting?.since, until: waiting?.until },
    });
  };
  const later = (minutes: number): void => {
    state.now = addMillis(state.now, minutes * 60_000);
  };
  return {
    works,
    asked,
    tell,
    document,
    register,
    later,
    phases: () => Object.values(document().runs).map(({ phase }) => phase),
  };
}

describe('the relay', () => {
  it('starts, wakes and stops what the document says, and confirms it', async () => {
    const { works, asked, tell, document, register, phases } = engine();
    await tell('Signed Up');
    await relay(works, document());
    expect(phases()).toEqual(['running']);
    await register('t1');
    await tell('Clicked');
    await relay(works, document());
    expect(document().runs).toEqual({});
    await tell('Signed Up ');
    expect(asked.filter((one) => !one.startsWith('tell'))).toEqual(['start journey', 'wake t1 with arm 0']);
  });

  it('acts on the present state and not on the image that it is given', async () => {
    const { works, asked, tell, document } = engine();
    await tell('Signed Up');
    const old = document();
    await tell('Left');
    await relay(works, old);
    expect(asked).toEqual(['tell enters', 'stop']);
    await relay(works, old);
    expect(asked).toEqual(['tell enters', 'stop', 'tell enters']);
  });

  it('stops an execution whose run ended while it was being started', async () => {
    const world = engine({
      start: async () => {
        world.asked.push('start');
        await world.tell('Left');
        return 'started';
      },
    });
    await world.tell('Signed Up');
    await relay(world.works, world.document());
    expect(world.asked).toEqual(['tell enters', 'start', 'stop']);
  });

  it('confirms nothing of a start that was put off, and leaves it to whoever asks again', async () => {
    const { works, asked, tell, document, phases } = engine({ start: () => Promise.resolve('put off') });
    await tell('Signed Up');
    const { revision } = document();
    await relay(works, document());
    expect(phases()).toEqual(['starting']);
    expect(document().revision).toBe(revision);
    expect(asked).toEqual(['tell enters']);
  });

  it('leaves a start that is ten minutes old to its queue and to the sweep', async () => {
    const { works, asked, tell, document, later } = engine();
    await tell('Signed Up');
    later(10);
    await relay(works, document());
    expect(asked).toEqual(['tell enters']);
    await lookAtCustomer(works, ADA);
    expect(asked).toEqual(['tell enters', 'start journey']);
  });

  it('a wake that comes too late leaves the arm to the time-out', async () => {
    const { works, tell, document, register } = engine({ wake: () => Promise.resolve('timed out') });
    await tell('Signed Up');
    await register('t1');
    await tell('Clicked');
    await relay(works, document());
    expect(document().tallies['journey']).toMatchObject({ completed: 1, failed: 0 });
  });
});

describe('the sweep', () => {
  it('does again what nobody has confirmed for ten minutes, and not before', async () => {
    const { works, asked, tell, later, phases } = engine();
    await tell('Signed Up');
    later(9);
    await lookAtCustomer(works, ADA);
    expect(asked).toEqual([]);
    later(1);
    await lookAtCustomer(works, ADA);
    expect(asked).toEqual(['start journey']);
    expect(phases()).toEqual(['running']);
  });

  it.each([
    ['running', {}],
    ['failed', { failed: 1 }],
    ['aborted', { failed: 1 }],
    ['unknown', { failed: 1 }],
  ] as const)('looks up the execution of a run that is overdue: %s', async (status, tally) => {
    const names: string[] = [];
    const describeExecution = (name: string): Promise<typeof status> => {
      names.push(name);
      return Promise.resolve(status);
    };
    const { works, tell, document, later } = engine({ describe: describeExecution });
    await tell('Signed Up');
    const [run = ''] = Object.keys(document().runs);
    await relay(works, document());
    later(65);
    await lookAtCustomer(works, ADA);
    expect(names).toEqual([]);
    later(6);
    await lookAtCustomer(works, ADA);
    expect(names).toEqual([executionName(run, 1)]);
    expect(document().tallies['journey']).toMatchObject({ entered: 1, failed: 0, ...tally });
  });
});
