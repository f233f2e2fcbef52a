// What every command is given besides its own options.
import type { RunningLocalCloud } from '#lib/laptop/running-file.ts';
import type { Connect } from './deployed-system.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** The surroundings of a command. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** The code to end with unless the command throws; without a call it is `ok`. */
  readonly exitWith: (code: ExitCode) => void;
  /** For commands on what is deployed. */
  readonly connect: Connect;
  /** The local cloud that runs on this machine; undefined: none does. */
  readonly findLocal: () => RunningLocalCloud | undefined;
}
