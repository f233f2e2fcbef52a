/** Those inside a journey that is paused or live again: who is dropped, and who was held and goes on. */
import { versionKey } from '#lib/contracts/ids.ts';
import { ownRun, versionOf, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Workspace } from '../workspace.ts';
import type { DueSource } from './due.ts';
import { isStepHeld, pauseOf } from './journey-state.ts';
import { goOn } from './legs.ts';
import { endRun } from './run-end.ts';

/** Not a matter of time: the first input after the journey's state has changed decides it. */
export const pausedRuns: DueSource = {
  next: () => undefined,
  isBehind: ({ runs }, workspace) => {
    for (const id in runs) {
      const run = runs[id];
      if (run !== undefined && isBehind(run, workspace)) return true;
    }
    return false;
  },
  decide: (deciding) => {
    const behind = Object.entries(deciding.document.runs)
      .filter(([, run]) => isBehind(run, deciding.workspace))
      .map(([id, { rest }]) => ({ id, due: rest?.until ?? deciding.now }));
    for (const { id } of behind.toSorted((a, b) => Number(a.due > b.due) - Number(a.due < b.due)))
      catchUp(deciding, id);
  },
};

function isBehind({ over, rest, journey, version: name }: Run, workspace: Workspace): boolean {
  if (over !== undefined) return false;
  const pause = pauseOf(workspace, journey);
  if (pause === 'drop') return true;
  if (rest?.as !== 'held' || pause === 'hold') return false;
  const version = workspace.versions.get(versionKey(journey, name));
  return version === undefined || !isStepHeld(workspace, version, rest.step);
}

function catchUp(deciding: Deciding, id: string): void {
  const run = ownRun(deciding, id);
  if (run === undefined) return;
  if (pauseOf(deciding.workspace, run.journey) === 'drop') {
    endRun(deciding, id, run, { as: 'exited', reason: 'paused', execution: 'stop' });
    return;
  }
  const version = versionOf(deciding, run);
  if (version === undefined || run.rest === undefined) return;
  const { step, loop } = run.rest;
  goOn(deciding, { id, run, version, at: step, loop, execution: 'by itself' });
}
