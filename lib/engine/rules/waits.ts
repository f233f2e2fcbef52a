/**
 * Waits for events: what an event does to them, how their Task registers, and how a time-out is settled. The document decides
 * between event and time-out, and the run takes exactly that branch (promise P5).
 */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { RUN_ENDED, armWon } from '#lib/contracts/faults.ts';
import type { AwaitCall, Loop, Settle } from '#lib/contracts/step-calls.ts';
import { ceilToSecond, type Instant } from '#lib/contracts/time.ts';
import { isTrue } from '../conditions/evaluate.ts';
import { because } from '../conditions/explain.ts';
import { about, note, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Answer } from '../input.ts';
import type { Version } from '../workspace.ts';
import { fitsLeg, isHistoryLong } from './leg-limits.ts';
import { LEG_IS_OVER, goOn, hasLeft, restRun } from './legs.ts';
import { makePlan } from './plan.ts';
import { endRun } from './run-end.ts';
import { waitForEnds } from './wait-ends.ts';
import {
  forgetMatch,
  leaveBehind,
  matchInside,
  rememberMatch,
  windowStart,
  type Match,
} from './wait-memory.ts';

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
      if (ends) won ??= { ...waiting, arm, match: event };
      // A wait that looks back past its own beginning may come round in a loop and look back again.
      if (ends && wait.node.since === 'step') break;
      rememberMatch(deciding, run, step, wait, arm, event);
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
  const wait = version.waits.get(step);
  if (wait === undefined) return { kind: 'fault', reason: `the version has no waitFor "${step}"` };
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
  const waiting = {
    step,
    visit: loop.visit,
    attempt,
    token,
    since: before?.since ?? windowStart(deciding, run, wait, since),
    until: before?.until ?? until,
    loop,
  };
  run.waiting = waiting;
  deciding.changed = true;
  if (before === undefined || before.attempt < 0)
    note(deciding, { kind: 'waits', ...about(id, run), step, until: waiting.until });
  const found = matchInside(run, step, waiting);
  if (found !== undefined) {
    winWait(deciding, id, run, version, { ...waiting, ...found });
    return hasLeft(run) ? LEG_IS_OVER : { kind: 'registered' };
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
    const found = matchInside(run, settle.step, waiting);
    if (found === undefined) {
      delete run.waiting;
      leaveBehind(run, settle);
      note(deciding, { kind: 'takes', ...about(id, run), step: settle.step, branch: 'time is up' });
      return waiting.until;
    }
    winWait(deciding, id, run, version, { ...waiting, ...found });
    if (hasLeft(run)) return LEG_IS_OVER;
  }
  if (run.won === undefined || !isThis(run.won)) return undefined;
  deciding.changed = true;
  run.phase = run.over === undefined ? 'running' : run.phase;
  if (run.over !== undefined) return { kind: 'leave', name: RUN_ENDED, details: {} };
  return { kind: 'leave', name: armWon(run.won.arm), details: { plan: run.won.plan } };
}

/** A wait that only the state machine has reckoned, directly behind another wait, and whose Task never reached the document. */
function neverRegistered(
  deciding: Deciding,
  run: Run,
  version: Version,
  { step, visit, loop }: Settle & { readonly loop: Loop },
): NonNullable<Run['waiting']> | undefined {
  const wait = version.waits.get(step);
  if (wait === undefined || visit <= (run.behind?.[step] ?? 0)) return undefined;
  const since = windowStart(deciding, run, wait, run.since);
  const until = ceilToSecond(waitForEnds(deciding, wait.node, run.since));
  return { step, visit, attempt: -1, since, until, loop };
}

type Won = Omit<NonNullable<Run['waiting']>, 'since' | 'until'> & {
  readonly arm: number;
  readonly match: Match | CustomerEvent;
};

function winWait(deciding: Deciding, id: string, run: Run, version: Version, won: Won): void {
  const { step, visit, attempt, token, loop, arm, match } = won;
  const taken = version.waits.get(step)?.node.events[arm];
  if (taken === undefined) return;
  const where = version.waits.get(step)?.wheres[arm];
  // Of an event that came earlier only its instant is known by now.
  const why =
    'properties' in match
      ? because(where, deciding, { event: match, entry: run.event, run: { id, run } })
      : {};
  note(deciding, { kind: 'takes', ...about(id, run), step, branch: taken.event, ...why, event: match.id });
  leaveBehind(run, { step, visit });
  delete run.waiting;
  if (hasLeft(run)) {
    goOn(deciding, { version, id, run, at: taken.next, loop, execution: 'by itself' });
    forgetMatch(run, version, match.id);
    return;
  }
  const planned = makePlan(deciding, { version, id, run, next: taken.next, loop });
  // The event has ended this step: it does not come after it.
  forgetMatch(run, version, match.id);
  if (planned.rest !== undefined) {
    restRun(deciding, run, planned.rest, 'stop');
    return;
  }
  run.won = {
    step,
    visit,
    attempt,
    arm,
    event: match.id,
    plan: planned.plan,
    ...(token === undefined ? {} : { token }),
  };
  if (token !== undefined) wake(deciding, run);
  if (planned.end !== undefined)
    endRun(deciding, id, run, { ...planned.end, event: match.id, execution: 'woken' });
}

/** The relay answers the token as long as the phase says so. */
function wake(deciding: Deciding, run: Run): void {
  run.phase = 'waking';
  run.phaseAt = deciding.now;
  deciding.changed = true;
}
