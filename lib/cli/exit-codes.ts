// What a script learns from `wend` without reading its output.

/** Exit codes of every command. */
export const EXIT = {
  /** Done, and nothing is wrong. */
  ok: 0,
  /** The command worked, and what it looked at has problems: errors in the workspace, a damaged stream. */
  problems: 1,
  /** The command was called wrongly: an unknown option, a file that is not there. */
  usage: 2,
  /** A fault of Wend itself. */
  internal: 3,
} as const;

/** One of the codes. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
