// What every command is given besides its own options.
import type { Instant } from '#lib/contracts/time.ts';
import type { RunningLocalCloud } from '#lib/laptop/running-file.ts';
import type { Connect } from './deployed-system.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

export interface Interruption {
  /** Aborted when somebody has had enough. */
  readonly signal: AbortSignal;
  /** Resolves then. */
  readonly promise: Promise<void>;
}

/** The surroundings of a command. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** The code to end with unless the command throws; without a call it is `ok`. */
  readonly exitWith: (code: ExitCode) => void;
  /** For commands on what is deployed. */
  readonly connect: Connect;
  /** For commands that go on until somebody ends them (Ctrl-C, SIGTERM). */
  readonly untilInterrupted: () => Interruption;
  /** The local clouds that run on this machine, by their ports. */
  readonly findLocals: () => readonly RunningLocalCloud[];
  /** What the clock of this machine shows. */
  readonly now: () => Instant;
}
