// A bar that shows how far long work has come, where somebody watches.
import cliProgress from 'cli-progress';
import type { Terminal } from './terminal.ts';

/** `update` may be handed on by itself, `note` stands behind the bar; `stop` removes the bar again. */
export interface PartsBar {
  readonly update: (done: number, all: number, note?: string) => void;
  readonly stop: () => void;
}

/**
 * On standard error, or nothing at all where that is no terminal. `what` stands behind the figures, `name`, where there is one, before
 * the bar.
 */
export function createBar({ interactive, errorColours }: Terminal, what: string, name?: string): PartsBar {
  if (!interactive) return { update: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar({
    format: `  ${name === undefined ? '' : `${name}  `}${errorColours.green('{bar}')} {percentage} %  {value} of {total} ${what}  {note}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    clearOnComplete: true,
    // The bar must not keep an interrupt for itself: whoever presses Ctrl-C wants the work to end.
    gracefulExit: false,
    hideCursor: false,
    linewrap: true,
  });
  let started = false;
  return {
    update: (done, all, note = '') => {
      if (started) bar.update(done, { note });
      else bar.start(all, done, { note });
      started = true;
    },
    stop: () => bar.stop(),
  };
}
