// The bar that shows how far a play has come, where somebody watches.
import cliProgress from 'cli-progress';
import type { PlayProgress } from '#lib/simulator/play.ts';
import type { Terminal } from './terminal.ts';

/** Takes words of progress; `stop` removes the bar again. */
export interface ProgressBar {
  update(progress: PlayProgress): void;
  stop(): void;
}

/** A bar on standard error, or nothing at all where that is no terminal. */
export function createProgressBar({ interactive, errorColours }: Terminal): ProgressBar {
  if (!interactive) return { update: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar({
    format: `  ${errorColours.green('{bar}')} {percentage} %  {value} of {total} events  {day}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    clearOnComplete: true,
    // The bar must not keep an interrupt for itself: whoever presses Ctrl-C wants the play to end.
    gracefulExit: false,
    hideCursor: false,
    linewrap: true,
  });
  let started = false;
  return {
    update({ played, total, now }) {
      const payload = { day: now.slice(0, 10) };
      if (started) bar.update(played, payload);
      else bar.start(total, played, payload);
      started = true;
    },
    stop: () => bar.stop(),
  };
}
