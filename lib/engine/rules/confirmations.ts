/** What became of an execution: AWS's answers to the relay, and the ends that executions come to by themselves. */
import type { EndRunCall } from '#lib/contracts/step-calls.ts';
import { ownRun, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Input } from '../input.ts';
import { endRun, forgetRun } from './run-end.ts';

/** Confirms the phase that it was made for; a phase that has moved on meanwhile stays. */
export function confirmPhase(deciding: Deciding, input: Extract<Input, { kind: 'confirm' }>): void {
  const run = runOf(deciding, input.run, input.leg);
  if (run === undefined) return;
  switch (input.answer) {
    case 'started':
      if (run.phase === 'starting') settlePhase(deciding, run);
      return;
    case 'woken':
    case 'wake timed out':
      if (run.phase !== 'waking' || run.won?.token !== input.token) return;
      if (run.over === undefined) settlePhase(deciding, run);
      else forgetRun(deciding, input.run, run);
      return;
    case 'stopped':
      if (run.phase === 'stopping') forgetRun(deciding, input.run, run);
      else if (run.phase === 'moving') finishMoving(deciding, run);
      return;
  }
}

/** Task `EndRun`: no retry could mend a step. */
export function failRun(deciding: Deciding, call: EndRunCall): void {
  const run = runOf(deciding, call.run.run, call.run.leg);
  if (run === undefined) return;
  if (run.over === undefined)
    endRun(deciding, call.run.run, run, { as: 'failed', reason: call.failed, execution: 'by itself' });
  else forgetRun(deciding, call.run.run, run);
}

/** The platform says that the execution has ended: however it did, the document learns of it (promise P8). */
export function executionEnded(deciding: Deciding, input: Extract<Input, { kind: 'execution ended' }>): void {
  const { run: id, leg } = input.run;
  const next = runOf(deciding, id, leg + 1);
  if (next?.phase === 'moving') finishMoving(deciding, next);
  const run = runOf(deciding, id, leg);
  if (run === undefined) return;
  if (run.over !== undefined) forgetRun(deciding, id, run);
  else {
    const reason = input.status === 'succeeded' ? 'ended without a decision' : `execution ${input.status}`;
    endRun(deciding, id, run, { as: 'failed', reason, execution: 'by itself' });
  }
}

function runOf(deciding: Deciding, id: string, leg: number): Run | undefined {
  const run = ownRun(deciding, id);
  return run?.leg === leg ? run : undefined;
}

/** The execution of the leg before is gone: this leg's may start, or the run rests. */
function finishMoving(deciding: Deciding, run: Run): void {
  run.phase = run.rest?.as ?? 'starting';
  run.phaseAt = deciding.now;
  deciding.changed = true;
}

function settlePhase(deciding: Deciding, run: Run): void {
  run.phase = 'running';
  deciding.changed = true;
}
