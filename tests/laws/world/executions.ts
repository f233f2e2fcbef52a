// The state machines of a world: compiled journeys in the local interpreter, their Tasks answered by the engine's use cases.
import { MOVED } from '#lib/contracts/faults.ts';
import { versionKey } from '#lib/contracts/ids.ts';
import {
  STEP_FUNCTIONS,
  runInputSchema,
  type ArmAnswer,
  type MovedAnswer,
  type RunInput,
} from '#lib/contracts/step-calls.ts';
import type { CompiledJourney } from '#lib/compiler/compile.ts';
import type { StepFunction } from '#lib/engine/use-cases/call-step.ts';
import { parseMachine } from '#lib/local/asl/definition/parse-machine.ts';
import { Refusal } from '#lib/local/asl/failure.ts';
import { Interpreter } from '#lib/local/asl/interpreter.ts';
import { toJson } from '#lib/local/asl/json.ts';
import { runHandlers } from '../../local/asl/run-handlers.ts';
import type { Machine } from '#lib/local/asl/machine.ts';
import type { VirtualClock } from '#lib/local/clock.ts';
import type { Dice } from './dice.ts';
import type { Journal } from './journal.ts';

export type EndStatus = 'succeeded' | 'failed' | 'timed out' | 'aborted';

const STATUS: Readonly<Record<string, EndStatus>> = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
  ABORTED: 'aborted',
};

export interface ExecutionsNeeds {
  readonly clock: VirtualClock;
  readonly dice: Dice;
  readonly journal: Journal;
  readonly history: 'full' | 'count';
  readonly callStep: (step: StepFunction, payload: unknown) => Promise<unknown>;
  readonly ended: (run: RunInput, status: EndStatus) => void;
}

/** Parsed once for all worlds: a version never changes. */
const parsed = new Map<string, Machine>();

export class WorldExecutions {
  readonly #interpreter: Interpreter;
  readonly #machines = new Map<string, Machine>();
  readonly #started = new Map<string, string>();
  readonly #inputs = new Map<string, RunInput>();

  constructor({ clock, dice, journal, history, callStep, ended }: ExecutionsNeeds) {
    const functions = Object.entries(STEP_FUNCTIONS).map(
      ([step, name]) =>
        [name, (payload: unknown) => callStep(step as StepFunction, structuredClone(payload))] as const,
    );
    this.#interpreter = new Interpreter({
      clock,
      random: () => dice.fraction(),
      history,
      runTask: runHandlers(new Map(functions)),
      onStateEntered: ({ input }, { name: state }) => {
        const { run, leg } = runInputSchema.parse(input);
        journal.write({ kind: 'state', at: clock.now(), run, leg, state });
      },
      onEnd: ({ input, status }) => {
        const run = runInputSchema.parse(input);
        const how = STATUS[status] ?? 'failed';
        journal.write({ kind: 'ended', at: clock.now(), run: run.run, status: how });
        ended(run, how);
      },
    });
  }

  deploy({ journey, version, machine, resume }: CompiledJourney): void {
    const key = versionKey(journey, version);
    this.#keep(key, machine);
    if (resume !== undefined) this.#keep(`${key} resumed`, resume);
  }

  #keep(key: string, machine: CompiledJourney['machine']): void {
    const known = parsed.get(key) ?? parseMachine(machine);
    parsed.set(key, known);
    this.#machines.set(key, known);
  }

  start(name: string, input: RunInput): 'started' | 'already there' {
    if (this.#started.has(name)) return 'already there';
    const key = versionKey(input.journey, input.version);
    const machine = this.#machines.get(input.at === undefined ? key : `${key} resumed`);
    if (machine === undefined) throw new Error(`no machine for ${input.journey}@${input.version}`);
    const { id } = this.#interpreter.start({
      machine,
      machineName: input.journey,
      name,
      input: toJson(input) ?? null,
    });
    this.#started.set(name, id);
    this.#inputs.set(name, input);
    return 'started';
  }

  /** All that the platform keeps of every execution and shows to whoever may look: input, output, history. */
  kept(): string[] {
    return [...this.#started.values()].map((id) =>
      JSON.stringify([this.#interpreter.describe(id), this.#interpreter.history(id)]),
    );
  }

  wake(token: string, answer: ArmAnswer): 'woken' | 'timed out' {
    return answered(() => this.#interpreter.succeedTask(token, toJson(answer) ?? null));
  }

  move(token: string, answer: MovedAnswer): 'woken' | 'timed out' {
    const cause = JSON.stringify({ errorMessage: JSON.stringify(answer), errorType: MOVED });
    return answered(() => this.#interpreter.failTask(token, MOVED, cause));
  }

  stop(name: string): 'stopped' | 'gone' {
    const id = this.#started.get(name);
    if (id === undefined || this.#interpreter.describe(id).status !== 'RUNNING') return 'gone';
    this.#interpreter.stop(id);
    return 'stopped';
  }

  describe(name: string): EndStatus | 'running' | 'unknown' {
    const id = this.#started.get(name);
    if (id === undefined) return 'unknown';
    return STATUS[this.#interpreter.describe(id).status] ?? 'running';
  }

  /** Names of the executions that are on. */
  running(): string[] {
    return [...this.#started.keys()].filter((name) => this.describe(name) === 'running');
  }
}

function answered(answer: () => void): 'woken' | 'timed out' {
  try {
    answer();
    return 'woken';
  } catch (error) {
    if (error instanceof Refusal) return 'timed out';
    throw error;
  }
}
