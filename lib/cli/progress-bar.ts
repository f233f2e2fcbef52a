// A bar for work that has so many parts, where somebody watches.
import cliProgress from 'cli-progress';
import type { Terminal } from './terminal.ts';

/** `update` may be handed on by itself; `stop` removes the bar again. */
export interface PartsBar {
  readonly update: (done: number, all: number) => void;
  readonly stop: () => void;
}

/** On standard error, or nothing at all where that is no terminal. `name` stands before the bar, `what` behind the figures. */
export function createBar({ interactive, errorColours }: Terminal, name: string, what: string): PartsBar {
  if (!interactive) return { update: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar({
    format: `  ${name}  ${errorColours.green('{bar}')} {percentage} %  {value} of {total} ${what}`,
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
    update: (done, all) => {
      if (started) bar.update(done);
      else bar.start(all, done);
      started = true;
    },
    stop: () => bar.stop(),
  };
}
