// Where commands write. Colours and progress only where somebody looks; a pipe gets plain text.
import pico from 'picocolors';

/** Colours that are switched on or off as a whole. */
export type Colours = ReturnType<typeof pico.createColors>;

/** The two outputs of a command. Results go to `out`, everything about the work itself to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** For `out`. */
  readonly colours: Colours;
  /** For `err`. */
  readonly errorColours: Colours;
  /** Somebody watches `err`: a progress bar makes sense. */
  readonly interactive: boolean;
}

interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/**
 * The terminal of a process. `NO_COLOR` (https://no-color.org) switches colours off, `FORCE_COLOR` on.
 */
export function createTerminal(
  stdout: OutputStream,
  stderr: OutputStream,
  environment: Readonly<Record<string, string | undefined>>,
): Terminal {
  const coloured = (stream: OutputStream): Colours => pico.createColors(wantsColours(stream, environment));
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    colours: coloured(stdout),
    errorColours: coloured(stderr),
    interactive: stderr.isTTY === true && environment['TERM'] !== 'dumb',
  };
}

function wantsColours(
  stream: OutputStream,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  if ((environment['FORCE_COLOR'] ?? '') !== '') return environment['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}
