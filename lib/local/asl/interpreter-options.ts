// What the interpreter is given: time, chance, whoever runs tasks, and who is told what happens.
import type { Clock } from '../clock.ts';
import type { Timers } from '../time/timers.ts';
import type { ExecutionDescription } from './description.ts';
import type { State } from './machine.ts';
import type { OnMessage, Outside } from './outside.ts';
import type { RunTask } from './task-call.ts';

export interface InterpreterOptions {
  readonly clock: Clock;
  readonly runTask: RunTask;
  /** Uniform in [0, 1): jitter, `$random`, `$uuid`. A seeded source makes runs repeat exactly. */
  readonly random: () => number;
  /** `count`: no events are kept, but AWS's limit on their number holds. */
  readonly history: 'full' | 'count';
  /** Real time, for retries and time-outs of tasks that are no callbacks. Default: the clock's. */
  readonly infrastructure?: Timers;
  /** Says that a call is under way that is to be over before the clock goes on; returns what ends it. Default: the clock sees to it. */
  readonly hold?: () => () => void;
  /** Sees everything that comes from outside to executions, before they do: with it an execution can be run again to where it was. */
  readonly onMessage?: OnMessage;
  /** Called when an execution has ended, after its last event. */
  readonly onEnd?: (execution: ExecutionDescription) => void;
  /** Called when an execution, or a child of one, begins to go on. */
  readonly onRedrive?: (execution: ExecutionDescription) => void;
  /** Called when a Map Run has started a child, before its first state. */
  readonly onChild?: (execution: ExecutionDescription) => void;
  /** Called at every state entered, retries apart. */
  readonly onStateEntered?: (
    execution: ExecutionDescription,
    state: { name: string; type: State['type'] },
  ) => void;
  /** Drops all but the names of ended executions, for runs of many; their ids then answer ExecutionDoesNotExist. */
  readonly forgetEnded?: boolean;
  readonly region?: string;
  readonly account?: string;
  readonly roleArn?: string;
}

/** What an execution that is played back has of its own, until it has come to where it was and afterwards. */
export interface Surroundings {
  readonly clock: Clock;
  readonly outside: Outside;
}
