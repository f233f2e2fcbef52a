/** Runs that rest in a wait longer than an execution may last: the document wakes them when it is due. */
import { addMillis, earlier, later, type Instant } from '#lib/contracts/time.ts';
import { about, note, ownRun, versionOf, type Deciding } from '../deciding.ts';
import type { Rest, Run } from '../document.ts';
import type { DueSource } from './due.ts';
import { exitsByCondition } from './exits.ts';
import { goOn, goesOnAt } from './legs.ts';
import { endDateWait } from './date-moves.ts';
import { leaveBehind } from './moving-on.ts';

export const parkedRuns: DueSource = {
  next: ({ runs }, _, after) => {
    let next: Instant | undefined;
    for (const id in runs) {
      const run = runs[id];
      const at = run === undefined ? undefined : goesOnAt(run);
      if (at !== undefined) next = next === undefined ? at : earlier(next, at);
    }
    // A run that was parked when its time had come goes on at once.
    return next === undefined ? undefined : later(next, addMillis(after, 1));
  },
  decide: (deciding) => {
    const parked = Object.keys(deciding.document.runs).flatMap((id) => {
      const run = ownRun(deciding, id);
      const at = run === undefined ? undefined : goesOnAt(run);
      return run?.rest === undefined || at === undefined || at > deciding.now
        ? []
        : [{ id, run, rest: run.rest }];
    });
    for (const { id, run, rest } of parked.toSorted(byUntil)) wakeParked(deciding, id, run, rest);
  },
};

function byUntil(a: { readonly rest: Rest }, b: { readonly rest: Rest }): number {
  return Number(a.rest.until > b.rest.until) - Number(a.rest.until < b.rest.until);
}

function wakeParked(deciding: Deciding, id: string, run: Run, { step, until, loop }: Rest): void {
  const version = versionOf(deciding, run);
  if (version === undefined) return;
  if (exitsByCondition(deciding, id, run, version, 'stop')) return;
  const node = version.manifest.flow.nodes[step];
  const onward = { id, run, version, loop, execution: 'by itself' } as const;
  switch (node?.kind) {
    case 'wait': {
      const { waiting } = run;
      const at = waiting?.step === step ? endDateWait(deciding, id, run, node, waiting) : node.next;
      goOn(deciding, { ...onward, at, stepEnded: until });
      return;
    }
    case 'waitFor':
      if (run.waiting?.step === step) {
        leaveBehind(run, run.waiting);
        delete run.waiting;
      }
      note(deciding, { kind: 'takes', ...about(id, run), step, branch: 'time is up' });
      goOn(deciding, { ...onward, at: node.otherwise, stepEnded: until });
      return;
    default:
      // A step that was put off is taken now.
      goOn(deciding, { ...onward, at: step });
  }
}
