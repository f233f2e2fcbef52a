/**
 * Waits for events: what an event does to them, how their Task registers, and how a time-out is settled. The document decides
 * between event and time-out, and the run takes exactly that branch (promise P5).
 */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { RUN_ENDED, armWon } from '#lib/contracts/faults.ts';
import type { AwaitCall, Loop, Settle } from '#lib/contracts/step-calls.ts';
import { ceilToSecond, type Instant } from '#lib/contracts/time.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import { armsOf, type WaitNode } from '#lib/journey/waits.ts';
import { isTrue } from '../conditions/evaluate.ts';
import { because } from '../conditions/explain.ts';
import { about, note, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Answer } from '../input.ts';
import type { Version } from '../workspace.ts';
import type { Waiting } from './callback-waits.ts';
import { leavePast, moveWait } from './date-moves.ts';
import { fitsLeg, isHistoryLong } from './leg-limits.ts';
import { LEG_IS_OVER, goOn, hasLeft, restRun } from './legs.ts';
import { leaveBehind, wake } from './moving-on.ts';
import { makePlan } from './plan.ts';
import { keepSaved } from './saved.ts';
import { endRun } from './run-end.ts';
import { endAtUnknownStep } from './unknown-step.ts';
import { waitForEnds } from './wait-ends.ts';
import { forgetMatch, matchInside, rememberMatch, windowStart, type Match } from './wait-memory.ts';

/** An event reaches a run that stays active: it ends the run's wait, or is kept for waits that may lie ahead. */
export function decideWaits(
  deciding: Deciding,
  id: string,
  run: Run,
  version: Version,
  event: CustomerEvent,
): void {
  let won: Won | undefined;
  for (const [step, wait] of version.waits) {
    const waiting = run.waiting?.step === step ? run.waiting : undefined;
    // One won wait at a time: what comes for the next one before the execution has moved on is kept until it registers.
    const ends =
      waiting !== undefined && run.won === undefined && event.at >= waiting.since && event.at < waiting.until;
    for (const [arm, one] of wait.node.events.entries()) {
      if (one.event !== event.event) continue;
      const where = wait.wheres[arm];
      if (where !== undefined && !isTrue(where, deciding, { event, entry: run.event, run: { id, run } }))
        continue;
      if (ends)
        won ??= {
          ...waiting,
          arm,
          match: { at: event.at, id: event.id, kept: event.properties },
          live: event,
        };
      // A wait that looks back past its own beginning may come round in a loop and look back again.
      if (ends && wait.node.since === 'step') break;
      rememberMatch(deciding, run, version, step, arm, event);
    }
  }
  // Last, because the same event may count for waits ahead as well: winning makes a plan and forgets what it leaves behind.
  if (won !== undefined) winWait(deciding, id, run, version, won);
}

/** The callback Task of a wait registers its token. What came before it wins at once; a won wait is woken again. */
export function registerWait(deciding: Deciding, run: Run, version: Version, call: AwaitCall): Answer {
  const { run: id } = call.run;
  const { id: step, since, until } = call.step;
  const { attempt, loop, token } = call;
  const node = version.manifest.flow.nodes[step];
  if (node?.kind !== 'wait' && node?.kind !== 'waitFor') return endAtUnknownStep(deciding, id, run);
  const wait = version.waits.get(step);
  const isThis = (one: { step: string; visit: number } | undefined): boolean =>
    one?.step === step && one.visit === loop.visit;
  if (run.won !== undefined && isThis(run.won)) {
    if (run.won.attempt > attempt) return { kind: 'registered' };
    run.won = { ...run.won, attempt, token };
    wake(deciding, run);
    return { kind: 'registered' };
  }
  const before = isThis(run.waiting) ? run.waiting : undefined;
  // An older attempt that arrives late must not take the place of the newer token.
  if (before !== undefined && before.attempt > attempt) return { kind: 'registered' };
  const waiting: Waiting = {
    step,
    since: wait === undefined ? since : (before?.since ?? windowStart(deciding, run, wait, since)),
    until,
    ...before,
    visit: loop.visit,
    attempt,
    token,
    loop,
  };
  run.waiting = waiting;
  deciding.changed = true;
  if (node.kind === 'wait' && waiting.past !== undefined)
    return leavePast(deciding, id, run, version, node, waiting);
  // A wait for a date alone has been told when it was planned.
  if (node.kind === 'waitFor' && (before === undefined || (before.attempt < 0 && before.moved !== true)))
    note(deciding, {
      kind: 'waits',
      ...about(id, run),
      step,
      until: waiting.until,
      ...(waiting.past === undefined ? {} : { reason: waiting.past }),
    });
  const found = matchInside(run, step, waiting);
  if (found !== undefined) {
    winWait(deciding, id, run, version, { ...waiting, ...found });
    return hasLeft(run) ? LEG_IS_OVER : { kind: 'registered' };
  }
  // The date has changed since the execution was told of it.
  if (waiting.follows !== undefined && until !== waiting.until) {
    moveWait(deciding, run, node, waiting);
    return { kind: 'registered' };
  }
  const isLong = isHistoryLong(run) && waiting.until > deciding.now;
  if (isLong || !fitsLeg(run, version, step, waiting.until)) {
    const { token: _, ...unregistered } = waiting;
    run.waiting = { ...unregistered, attempt: -1 };
    restRun(deciding, run, { as: 'parked', step, until: waiting.until, loop }, 'by itself');
    return LEG_IS_OVER;
  }
  return { kind: 'registered' };
}

/**
 * The Task behind a time-out asks. Undefined or an instant where time was indeed up (the instant: the planned end of the wait
 * that is over by this call), else the answer that sends the run to its arm.
 */
export function settleWait(
  deciding: Deciding,
  run: Run,
  version: Version,
  settle: Settle & { readonly loop: Loop },
  id: string,
): Answer | Instant | undefined {
  const isThis = (one: { step: string; visit: number } | undefined): boolean =>
    one?.step === settle.step && one.visit === settle.visit;
  const waiting =
    run.waiting !== undefined && isThis(run.waiting)
      ? run.waiting
      : neverRegistered(deciding, run, version, settle);
  if (waiting !== undefined) {
    // The wait may never have registered, its function being broken for hours: what has come meanwhile still counts.
    const node = version.manifest.flow.nodes[settle.step];
    const found = matchInside(run, settle.step, waiting);
    if (found !== undefined) winWait(deciding, id, run, version, { ...waiting, ...found });
    else if (isWait(node) && goesOn(deciding, node, waiting)) moveWait(deciding, run, node, waiting);
    else {
      delete run.waiting;
      leaveBehind(run, settle);
      deciding.changed = true;
      if (node?.kind === 'waitFor')
        note(deciding, { kind: 'takes', ...about(id, run), step: settle.step, branch: 'time is up' });
      return waiting.until;
    }
    if (hasLeft(run)) return LEG_IS_OVER;
  }
  if (run.won === undefined || !isThis(run.won)) return undefined;
  deciding.changed = true;
  run.phase = run.over === undefined ? 'running' : run.phase;
  if (run.over !== undefined) return { kind: 'leave', name: RUN_ENDED, details: {} };
  const { arm, plan, loop } = run.won;
  return { kind: 'leave', name: armWon(arm), details: { plan, loop } };
}

/** The time-out is none: the date has moved on since the state machine was told of it, or the Task was to hear that it is past. */
function goesOn(deciding: Deciding, node: WaitNode, waiting: Waiting): boolean {
  return (
    (waiting.follows !== undefined && deciding.now < waiting.until) ||
    (node.kind === 'wait' && waiting.past !== undefined)
  );
}

function isWait(node: FlowNode | undefined): node is WaitNode {
  return node?.kind === 'wait' || node?.kind === 'waitFor';
}

/** A wait that only the state machine has reckoned, directly behind another wait, and whose Task never reached the document. */
function neverRegistered(
  deciding: Deciding,
  run: Run,
  version: Version,
  { step, visit, loop }: Settle & { readonly loop: Loop },
): Waiting | undefined {
  const wait = version.waits.get(step);
  if (wait === undefined || wait.node.date !== undefined || visit <= (run.behind?.[step] ?? 0))
    return undefined;
  const since = windowStart(deciding, run, wait, run.since);
  const until = ceilToSecond(waitForEnds(deciding, wait.node, run.since));
  return { step, visit, attempt: -1, since, until, loop };
}

type Won = Pick<Waiting, 'step' | 'visit' | 'attempt' | 'token' | 'loop'> & {
  readonly arm: number;
  /** The event; absent where a condition has become true. */
  readonly match?: Match;
  /** The event itself, where it is being decided. */
  readonly live?: CustomerEvent;
};

/** The run takes the arm; its execution hears of it by its token, or as soon as it gives one. */
export function winWait(deciding: Deciding, id: string, run: Run, version: Version, won: Won): void {
  const { step, visit, attempt, token, loop, arm, match, live } = won;
  const wait = version.waits.get(step);
  const taken = wait === undefined ? undefined : armsOf(wait.node)[arm];
  if (wait === undefined || taken === undefined) return;
  const event = match === undefined ? {} : { event: match.id };
  // Of an event that came earlier only its instant is known by now.
  const why =
    match === undefined || live !== undefined
      ? because(wait.when ?? wait.wheres[arm], deciding, { event: live, entry: run.event, run: { id, run } })
      : {};
  note(deciding, { kind: 'takes', ...about(id, run), step, branch: taken.name, ...why, ...event });
  if (wait.node.saveAs !== undefined && match?.kept !== undefined)
    keepSaved(deciding, id, run, version, wait.node.saveAs, match.kept, match.lost);
  leaveBehind(run, { step, visit });
  delete run.waiting;
  if (hasLeft(run)) {
    goOn(deciding, { version, id, run, at: taken.next, loop, execution: 'by itself' });
    if (match !== undefined) forgetMatch(run, version, match.id);
    return;
  }
  const planned = makePlan(deciding, { version, id, run, next: taken.next, loop });
  // The event has ended this step: it does not come after it.
  if (match !== undefined) forgetMatch(run, version, match.id);
  if (planned.rest !== undefined) {
    restRun(deciding, run, planned.rest, 'stop');
    return;
  }
  run.won = {
    step,
    visit,
    attempt,
    arm,
    ...event,
    plan: planned.plan,
    loop,
    ...(token === undefined ? {} : { token }),
  };
  if (token !== undefined) wake(deciding, run);
  if (planned.end !== undefined) endRun(deciding, id, run, { ...planned.end, ...event, execution: 'woken' });
}
