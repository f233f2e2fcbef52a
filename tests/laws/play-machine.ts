// Plays a compiled machine in the interpreter, against step functions that plan by walking the flow as the engine does, and
// that hold every call to what the document may expect of it.
import { isDeepStrictEqual } from 'node:util';
import { armWon, DEFERRED, DecisionLeaves, LEG_ENDED, RUN_ENDED } from '#lib/contracts/faults.ts';
import {
  FIRST_LOOP,
  STEP_FUNCTIONS,
  actionCallSchema,
  awaitCallSchema,
  decideCallSchema,
  endRunCallSchema,
  sendCallSchema,
  type Loop,
  type Plan,
  type Settle,
} from '#lib/contracts/step-calls.ts';
import { fromMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import type { CompiledJourney } from '#lib/compiler/compile.ts';
import { edgesOf, followGotos, nodeAt } from '#lib/compiler/plan/flow-reading.ts';
import type { Flow } from '#lib/journey/flow.ts';
import { toJson } from '#lib/local/asl/json.ts';
import { Interpreter } from '#lib/local/asl/interpreter.ts';
import { parseMachine } from '#lib/local/asl/definition/parse-machine.ts';
import type { Machine } from '#lib/local/asl/machine.ts';
import { runHandlers } from '../local/asl/run-handlers.ts';
import { VirtualClock } from '#lib/local/clock.ts';
import type { Chance } from './chance.ts';
import { DEFERRAL_SECONDS, described, endOf, eventAt, instant, timeOutAt } from './direct-walk.ts';

export interface Played {
  readonly visits: readonly string[];
  readonly end: string;
  readonly status: string;
  readonly transitions: number;
  readonly legs: number;
  /** Every state entered, in order: for the message of a test that fails. */
  readonly states: readonly string[];
}

interface Waiting extends Settle {
  readonly late: { readonly arm: number; readonly loop: Loop } | undefined;
}

/** What the functions know of the run; the document of the real engine, as far as the state machine depends on it. */
interface Document {
  waiting: Waiting | undefined;
  end: string | undefined;
  readonly deferred: Map<string, number>;
  /** The last time-out told, and by which call: that call may tell it again when it is repeated. */
  told: { readonly settle: Settle; readonly by: string } | undefined;
}

const RUN = { run: 'a'.repeat(24), leg: 1, customer: 'b'.repeat(32), journey: 'journey', version: '1' };

/** A compiled journey ready to be played any number of times. */
export interface Playable {
  readonly flow: Flow;
  readonly machine: Machine;
  readonly resume: Machine | undefined;
}

export function playable({ machine, resume, manifest }: CompiledJourney): Playable {
  return {
    flow: manifest.flow,
    machine: parseMachine(machine),
    resume: resume === undefined ? undefined : parseMachine(resume),
  };
}

/** Runs one execution after the other to the end of the run. Throws where a call is not what the document may expect. */
export async function playMachine(
  { flow, machine, resume }: Playable,
  chance: Chance,
  start: number,
): Promise<Played> {
  const clock = new VirtualClock(start);
  const document: Document = { waiting: undefined, end: undefined, deferred: new Map(), told: undefined };
  const visits: string[] = [];
  const states: string[] = [];

  const plan = (next: string | null, loop: Loop, from: number): Plan => {
    const made = planFrom(flow, chance, next, loop, from);
    if (made.end !== undefined) setEnd(made.end);
    return made.plan;
  };
  const setEnd = (end: string): void => {
    if (document.end !== undefined) throw new Error(`The run is ${document.end}, now it is to be ${end}`);
    document.end = end;
  };

  /** What every call has to pass: attempts that fail, a run that is over, a time-out to be told. */
  const begin = (
    name: string,
    id: string | undefined,
    call: { loop: Loop; attempt: number; settle?: Settle | null | undefined },
  ): void => {
    if (document.end !== undefined) throw new Error(`${id} is called although the run is ${document.end}`);
    if (id !== undefined) {
      if (chance.isOver(id, call.loop.visit)) {
        setEnd('over');
        throw new DecisionLeaves(RUN_ENDED);
      }
      const again = document.deferred.has(`${id} ${call.loop.visit}`);
      if (!again && call.attempt < chance.faults(id, call.loop.visit)) throw new ProviderDown();
    }
    settle(call.settle ?? undefined, `${name} ${call.loop.visit}`);
  };
  const settle = (told: Settle | undefined, by: string): void => {
    const { waiting } = document;
    const expected = waiting ?? (document.told?.by === by ? document.told.settle : undefined);
    if (waiting === undefined && told === undefined) return;
    if (told?.step !== expected?.step || told?.visit !== expected?.visit)
      throw new Error(`${by} tells ${JSON.stringify(told)}, to be told is ${JSON.stringify(expected)}`);
    if (waiting === undefined) return;
    document.told = { settle: waiting, by };
    document.waiting = undefined;
    if (waiting.late === undefined) return;
    const { arm, loop } = waiting.late;
    const node = nodeAt(flow, waiting.step);
    throw new DecisionLeaves(armWon(arm), { plan: plan(edgesOf(node)[arm] ?? null, loop, clock.now()) });
  };
  /** The Task's answer; where the leg ends with it, the next one starts behind it with the same plan. */
  const answered = (
    id: string,
    call: { readonly next: string | null; readonly loop: Loop },
    from: number,
  ): { readonly plan: Plan } => {
    const made = plan(call.next, call.loop, from);
    const at = followGotos(flow, call.next);
    if (document.end !== undefined || at === null || !chance.endsLeg(id, call.loop.visit))
      return { plan: made };
    clock.at(clock.now(), () => startLeg({ first: made, at, loop: call.loop }));
    throw new DecisionLeaves(LEG_ENDED);
  };
  /** A send or wait is noted at its first attempt. */
  const note = (attempt: number, line: string): void => {
    if (attempt === 0) visits.push(line);
  };

  const functions = new Map<string, (payload: unknown) => unknown>([
    [
      '${SendMessage}',
      (payload) => {
        const call = sendCallSchema.parse(payload);
        const { id } = call.step;
        const key = `${id} ${call.loop.visit}`;
        const before = document.deferred.get(key) ?? 0;
        const since = call.reached === undefined ? null : toMillis(call.reached);
        if (before === 0) note(call.attempt, described(id, call.loop.visit, clock.now(), since, undefined));
        begin(id, id, call);
        if (before < chance.deferrals(id, call.loop.visit)) {
          document.deferred.set(key, before + 1);
          throw new DecisionLeaves(DEFERRED, { until: instant(clock.now() + DEFERRAL_SECONDS * 1000) });
        }
        return answered(id, call, clock.now());
      },
    ],
    ...['update', 'emit', 'invoke', 'webhook', 'enter'].map(
      (type): [string, (payload: unknown) => unknown] => [
        STEP_FUNCTIONS[type as keyof typeof STEP_FUNCTIONS],
        (payload) => {
          const call = actionCallSchema.parse(payload);
          const { id } = call.step;
          if (call.step.type !== type) throw new Error(`${id} is called as ${type}`);
          // Liquid that begins as an expression of JSONata does must reach the function as it was written.
          const node = nodeAt(flow, id);
          if (node.kind !== 'action' || !isDeepStrictEqual(call.step, node.settings))
            throw new Error(`${id} is told ${JSON.stringify(call.step)}`);
          const since = call.reached === undefined ? null : toMillis(call.reached);
          note(call.attempt, described(id, call.loop.visit, clock.now(), since, undefined));
          begin(id, id, call);
          return answered(id, call, clock.now());
        },
      ],
    ),
    [
      '${Decide}',
      (payload) => {
        const call = decideCallSchema.parse(payload);
        begin(`${call.step.id} (now)`, undefined, call);
        if (call.reached === undefined)
          throw new Error(`${call.step.id} is decided without a wait before it`);
        return answered(call.step.id, call, toMillis(call.reached));
      },
    ],
    [
      '${AwaitEvents}',
      (payload) => {
        const call = awaitCallSchema.parse(payload);
        const { id, since, until } = call.step;
        const { visit } = call.loop;
        const now = clock.now();
        note(call.attempt, described(id, visit, now, toMillis(since), toMillis(until)));
        begin(id, id, call);
        const node = nodeAt(flow, id);
        const outcome = chance.wait(id, visit, edgesOf(node).length - 1);
        const late = outcome.kind === 'late' ? { arm: outcome.arm, loop: call.loop } : undefined;
        document.waiting = { step: id, visit, late };
        if (outcome.kind === 'event') {
          const at = eventAt(now, timeOutAt(now, toMillis(until)), outcome.after);
          clock.at(at, () => {
            document.waiting = undefined;
            const answer = plan(edgesOf(node)[outcome.arm] ?? null, call.loop, clock.now());
            interpreter.succeedTask(call.token, { arm: outcome.arm, plan: answer });
          });
        }
        return null;
      },
    ],
    [
      '${EndRun}',
      (payload) => {
        const { failed } = endRunCallSchema.parse(payload);
        if (failed !== 'ProviderUnavailable') throw new Error(`The run fails with ${failed}`);
        setEnd('failed');
        return null;
      },
    ],
  ]);

  let faulty: unknown;
  const interpreter: Interpreter = new Interpreter({
    clock,
    runTask: runHandlers(
      new Map(
        [...functions].map(([name, handler]) => [
          name,
          (payload) => {
            try {
              return handler(payload);
            } catch (error) {
              if (!(error instanceof DecisionLeaves) && !(error instanceof ProviderDown)) faulty ??= error;
              throw error;
            }
          },
        ]),
      ),
    ),
    random: () => 0,
    history: 'count',
    onStateEntered: (_, { name, type }) => {
      states.push(name);
      const node = name.replace(/ \((after a wait|time is up)\)$/, '');
      if (type !== 'Task' && Object.hasOwn(flow.nodes, node))
        visits.push(`${node} at ${instant(clock.now())}`);
    },
  });
  const executions: string[] = [];
  const startLeg = (leg: { readonly first: Plan; readonly at?: string; readonly loop?: Loop }): void => {
    const run = { ...RUN, leg: executions.length + 1, ...leg };
    const name = `run-${run.leg}`;
    const played = leg.at === undefined ? machine : resume;
    if (played === undefined) throw new Error('There is no machine for later legs');
    const { id } = interpreter.start({
      machine: played,
      machineName: 'journey',
      name,
      input: toJson(run) ?? null,
    });
    executions.push(id);
  };
  startLeg({ first: plan(flow.start, FIRST_LOOP, start) });
  await clock.runAll();
  if (faulty !== undefined) throw faulty;
  const ended = executions.map((id) => interpreter.describe(id));
  const status = ended.at(-1)?.status ?? 'never started';
  const transitions = ended.reduce((sum, one) => sum + one.transitions, 0);
  return {
    visits,
    legs: executions.length,
    end: document.end ?? 'unknown to the document',
    status,
    transitions,
    states,
  };
}

class ProviderDown extends Error {
  override readonly name = 'ProviderUnavailable';
}

/** Everything up to the next send or wait, decided at once. */
function planFrom(
  flow: Flow,
  chance: Chance,
  start: string | null,
  before: Loop,
  from: number,
): { readonly plan: Plan; readonly end: string | undefined } {
  const route: Record<string, number> = {};
  let loop = before;
  const planned = (until: number | null, end?: string) => ({
    plan: { route, until: until === null ? null : time(until), from: time(from) },
    end,
  });
  for (let id = start; ;) {
    if (id === null) return planned(null, 'completed');
    const node = nodeAt(flow, id);
    switch (node.kind) {
      case 'send':
      case 'action':
        return planned(null);
      case 'exit':
        return planned(null, 'exited');
      case 'wait':
      case 'waitFor':
        return planned(endOf(node, from));
      case 'branch':
      case 'split':
        route[id] = chance.way(id, loop.visit, edgesOf(node).length);
        break;
      case 'goto': {
        const taken = loop.jumps[id] ?? 0;
        route[id] = node.atMost !== undefined && taken >= node.atMost ? 1 : 0;
        if (route[id] === 0 && node.atMost !== undefined)
          loop = {
            visit: loop.visit + 1,
            round: node.backward ? taken + 1 : loop.round,
            jumps: { ...loop.jumps, [id]: taken + 1 },
          };
      }
    }
    id = edgesOf(node)[route[id] ?? 0] ?? null;
  }
}

function time(millis: number): Instant {
  return fromMillis(millis);
}
