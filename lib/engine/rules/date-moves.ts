/**
 * Waits whose date changes while they last. The document says when they end; an execution that rests until another instant is
 * ended by the name `Moved` and begins the wait anew, in a visit of its own, so that whatever comes late from the visit before is
 * known as late. Where the date has become past, the new visit is told so.
 */
import { PAST } from '#lib/contracts/faults.ts';
import type { Plan } from '#lib/contracts/step-calls.ts';
import type { NodeOf } from '#lib/journey/flow.ts';
import { DATE_IS_PAST, armsOf, followedTrait, type WaitNode } from '#lib/journey/waits.ts';
import { about, note, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Answer } from '../input.ts';
import type { Version } from '../workspace.ts';
import {
  eventsUntil,
  followed,
  noteDateWait,
  planDateWait,
  type WaitPlan,
  type Waiting,
} from './callback-waits.ts';
import { LEG_IS_OVER, restRun } from './legs.ts';
import { leaveBehind, wake } from './moving-on.ts';
import { makePlan } from './plan.ts';
import { endRun } from './run-end.ts';
import { dateEnd, type WaitBegun } from './wait-dates.ts';

/** The wait's end, reckoned anew where its date is another by now. A change that came after the end changes nothing. */
export function followDate(
  deciding: Deciding,
  id: string,
  run: Run,
  version: Version,
  cause: string | undefined,
): void {
  const { waiting } = run;
  const node = waiting === undefined ? undefined : version.manifest.flow.nodes[waiting.step];
  if (waiting?.follows === undefined || (node?.kind !== 'wait' && node?.kind !== 'waitFor')) return;
  const trait = deciding.document.traits[followedTrait(node) ?? ''];
  // The wait that lasts through the quiet hours of its send was over when they began to hold it up.
  if (trait !== undefined && trait.at >= (run.folded?.reached ?? waiting.until)) return;
  // That its date was past has been decided; the execution is about to hear of it.
  if (node.kind === 'wait' && waiting.past !== undefined) return;
  const planned = planAgain(deciding, id, run, version, node, waiting.step, waiting.follows);
  if (planned === undefined || planned.found.date === waiting.follows.date) return;
  const { until, past, folded, found } = planned;
  const { step } = waiting;
  // A wait for events tells of itself when it registers.
  if (node.kind === 'wait' || waiting.attempt >= 0 || waiting.moved === true || run.rest !== undefined)
    noteDateWait(deciding, { id, run, step }, planned, true);
  if (past !== undefined && node.kind === 'wait' && node.ifPast === 'exit') {
    const event = cause === undefined ? {} : { event: cause };
    endRun(deciding, id, run, { as: 'exited', reason: past, step, ...event, execution: 'stop' });
    return;
  }
  if (folded !== undefined) run.folded = folded;
  else if (run.folded !== undefined) delete run.folded;
  if (run.ahead !== undefined) run.ahead = { ...run.ahead, at: until };
  const next: Waiting = {
    ...waiting,
    until,
    follows: followed(waiting.follows, found.date),
    ...(past === undefined ? {} : { past }),
    // A wait that ends because its date is past ends now; what comes from now on comes after it.
    ...(node.kind === 'wait' && past !== undefined ? { since: deciding.now } : {}),
  };
  deciding.changed = true;
  if (run.won === undefined && waiting.token !== undefined) moveWait(deciding, run, node, next);
  else {
    run.waiting = next;
    // Without an execution it is the document that ends the wait.
    if (run.rest?.as === 'parked' && run.rest.step === step)
      run.rest = { ...run.rest, until: past === undefined ? until : deciding.now };
    // The execution is on its way into the wait; what it has not been told yet, it is told right.
    if (run.won?.moved === true && run.won.step === step)
      run.won = { ...run.won, plan: { ...run.won.plan, until } };
  }
}

function planAgain(
  deciding: Deciding,
  id: string,
  run: Run,
  version: Version,
  node: WaitNode,
  step: string,
  begun: WaitBegun,
): WaitPlan | undefined {
  const { date } = node;
  if (date === undefined) return undefined;
  if (node.kind === 'wait') return planDateWait(deciding, { id, run, version, step, node, date, begun });
  return eventsUntil(node, dateEnd(deciding, node, date, id, run, step, begun));
}

/** The wait begins anew with what `waiting` says; the execution hears of it by its token, or as soon as it gives one. */
export function moveWait(deciding: Deciding, run: Run, node: WaitNode, waiting: Waiting): void {
  const { token, attempt, step, visit, until, since, follows } = waiting;
  const loop = { ...waiting.loop, visit: waiting.loop.visit + 1 };
  leaveBehind(run, { step, visit });
  run.won = {
    step,
    visit,
    attempt,
    ...(token === undefined ? {} : { token }),
    arm: node.kind === 'wait' ? 0 : armsOf(node).length,
    plan: { route: {}, until, from: follows?.reached ?? since },
    loop,
    moved: true,
  };
  const { token: _, ...rest } = waiting;
  if (run.ahead !== undefined) run.ahead = { ...run.ahead, visit: loop.visit };
  run.waiting = { ...rest, visit: loop.visit, attempt: -1, loop, moved: true };
  deciding.changed = true;
  if (token !== undefined) wake(deciding, run);
}

/** The Task of a wait whose date is past has registered: the run goes on where `ifPast` says, from the moment it was reached. */
export function leavePast(
  deciding: Deciding,
  id: string,
  run: Run,
  version: Version,
  node: NodeOf<'wait'>,
  waiting: Waiting,
): Answer {
  const { step, visit, loop, since } = waiting;
  const next = endDateWait(deciding, id, run, node, waiting);
  const planned = makePlan(deciding, { version, id, run, next, loop, stepEnded: since });
  if (planned.rest !== undefined) {
    restRun(deciding, run, planned.rest, 'by itself');
    return LEG_IS_OVER;
  }
  run.last = { step, visit, plan: planned.plan };
  if (planned.end !== undefined) endRun(deciding, id, run, { ...planned.end, execution: 'by itself' });
  return pastAnswer(planned.plan);
}

/** The wait is over; answers where the run goes on: where `ifPast` says, if the date is past. */
export function endDateWait(
  deciding: Deciding,
  id: string,
  run: Run,
  { ifPast, next }: NodeOf<'wait'>,
  { step, visit, past }: Waiting,
): string | null {
  leaveBehind(run, { step, visit });
  delete run.waiting;
  deciding.changed = true;
  if (past === undefined || typeof ifPast !== 'object') return next;
  note(deciding, { kind: 'takes', ...about(id, run), step, branch: DATE_IS_PAST, reason: past });
  return ifPast.goto;
}

export function pastAnswer(plan: Plan): Answer {
  return { kind: 'leave', name: PAST, details: { plan } };
}
