// What the Tasks of a state machine send to their functions: each Task run by itself in the interpreter, as if the run had come there
// in its second round with everything that a state before it can leave behind.
import { parseMachine } from '#lib/local/asl/definition/parse-machine.ts';
import { Interpreter } from '#lib/local/asl/interpreter.ts';
import { toJson, type Json } from '#lib/local/asl/json.ts';
import { VirtualClock } from '#lib/local/clock.ts';
import type { StateMachine } from '#lib/compiler/lower/asl.ts';

/** A Task's call. */
export interface RecordedPayload {
  /** The placeholder of the function: `${SendMessage}`. */
  readonly function: string;
  readonly payload: Json;
}

const START = '2026-11-22T12:00:00.000Z';
const UNTIL = '2026-11-23T12:00:00.000Z';
const PLAN = { route: {}, until: UNTIL, from: START };
const LOOP = { visit: 2, round: 1, jumps: {} };
/** What states assign (lib/compiler/lower). */
const LEFT_BEHIND = {
  plan: PLAN,
  loop: LOOP,
  loopAtTimeOut: LOOP,
  settle: { step: 'earlier-wait', visit: 1 },
  fault: 'States.Timeout',
};
const PRELUDE = 'what came before';

/** The payload of every Task of a machine, by the name of its state. */
export async function recordPayloads(
  machine: StateMachine,
  version: { readonly journey: string; readonly version: string },
): Promise<Readonly<Record<string, RecordedPayload>>> {
  const tasks = Object.entries(machine.States).filter(([, { Type: type }]) => type === 'Task');
  const recorded: [string, RecordedPayload][] = [];
  for (const [name] of tasks) recorded.push([name, await recordTask(machine, name, version)]);
  return Object.fromEntries(recorded);
}

async function recordTask(
  machine: StateMachine,
  state: string,
  { journey, version }: { readonly journey: string; readonly version: string },
): Promise<RecordedPayload> {
  // A Choice, so that the states before the Task are still led to: a machine with others is none.
  const there = { Condition: '{% true %}', Assign: LEFT_BEHIND, Next: state };
  const prelude = { Type: 'Choice', Choices: [there], Default: machine.StartAt };
  const from = { ...machine, StartAt: PRELUDE, States: { [PRELUDE]: prelude, ...machine.States } };
  const clock = new VirtualClock(Date.parse(START));
  let found: RecordedPayload | undefined;
  const interpreter = new Interpreter({
    clock,
    random: () => 0.5,
    history: 'count',
    runTask: ({ arguments: given }) => {
      const { FunctionName: name, Payload: payload } = given as { FunctionName: string; Payload: Json };
      found ??= { function: name, payload: withoutToken(payload) };
      return Promise.resolve({ Payload: { plan: PLAN } });
    },
  });
  const input = {
    run: '0'.repeat(24),
    leg: 1,
    customer: '0'.repeat(32),
    journey,
    version,
    first: PLAN,
  };
  const execution = interpreter.start({
    machine: parseMachine(from),
    machineName: journey,
    name: 'recorded',
    input: toJson(input) ?? null,
  });
  await clock.runUntil(clock.now());
  interpreter.stop(execution.id);
  if (found === undefined) throw new Error(`the Task "${state}" of ${journey}@${version} has called nothing`);
  return found;
}

/** The platform's own text, new for each call. */
function withoutToken(payload: Json): Json {
  const isCallback = typeof payload === 'object' && payload !== null && 'token' in payload;
  return isCallback ? { ...payload, token: 'token of the platform' } : payload;
}
