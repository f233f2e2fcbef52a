/**
 * Waits for events: what an event does to them, how their Task registers, and how a time-out is settled. The document decides
 * between event and time-out, and the run takes exactly that branch (promise P5).
 */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { RUN_ENDED, armWon } from '#lib/contracts/faults.ts';
import type { AwaitCall, Settle } from '#lib/contracts/step-calls.ts';
import { isTrue } from '../conditions/evaluate.ts';
import { about, note, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Answer } from '../input.ts';
import type { Version } from '../workspace.ts';
import { makePlan } from './plan.ts';
import { endRun } from './run-end.ts';
import { forgetMatches, matchInside, rememberMatch, windowStart, type Match } from './wait-memory.ts';

/** An event reaches a run that stays active: it ends the run's wait, or is kept for waits that may lie ahead. */
export function decideWaits(
  deciding: Deciding,
  id: string,
  run: Run,
  version: Version,
  event: CustomerEvent,
): void {
  for (const [step, wait] of version.waits) {
    for (const [arm, one] of wait.node.events.entries()) {
      if (one.event !== event.event) continue;
      const where = wait.wheres[arm];
      if (where !== undefined && !isTrue(where, deciding, { event, entry: run.event, run: { id, run } }))
        continue;
      const waiting = run.waiting?.step === step ? run.waiting : undefined;
      const inside = waiting !== undefined && event.at >= waiting.since && event.at < waiting.until;
      // One won wait at a time: what comes for the next one before the execution has moved on is kept until it registers.
      if (inside && run.won === undefined) {
        winWait(deciding, id, run, version, { ...waiting, arm, match: event });
        return;
      }
      if (waiting === undefined || inside) rememberMatch(deciding, run, step, wait, arm, event);
    }
  }
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
  if (found !== undefined) winWait(deciding, id, run, version, { ...waiting, ...found });
  return { kind: 'registered' };
}

/** The Task behind a time-out asks; undefined where time was indeed up, else the answer that sends the run to its arm. */
export function settleWait(
  deciding: Deciding,
  run: Run,
  version: Version,
  settle: Settle,
  id: string,
): Answer | undefined {
  const isThis = (one: { step: string; visit: number } | undefined): boolean =>
    one?.step === settle.step && one.visit === settle.visit;
  if (run.waiting !== undefined && isThis(run.waiting)) {
    // The wait may never have registered, its function being broken for hours: what has come meanwhile still counts.
    const found = matchInside(run, settle.step, run.waiting);
    if (found === undefined) {
      delete run.waiting;
      note(deciding, { kind: 'takes', ...about(id, run), step: settle.step, branch: 'time is up' });
      return undefined;
    }
    winWait(deciding, id, run, version, { ...run.waiting, ...found });
  }
  if (run.won === undefined || !isThis(run.won)) return undefined;
  deciding.changed = true;
  run.phase = run.over === undefined ? 'running' : run.phase;
  if (run.over !== undefined) return { kind: 'leave', name: RUN_ENDED, details: {} };
  return { kind: 'leave', name: armWon(run.won.arm), details: { plan: run.won.plan } };
}

type Won = Omit<NonNullable<Run['waiting']>, 'since' | 'until'> & {
  readonly arm: number;
  readonly match: Match | CustomerEvent;
};

function winWait(deciding: Deciding, id: string, run: Run, version: Version, won: Won): void {
  const { step, visit, attempt, token, loop, arm, match } = won;
  const taken = version.waits.get(step)?.node.events[arm];
  if (taken === undefined) return;
  note(deciding, { kind: 'takes', ...about(id, run), step, branch: taken.event, event: match.id });
  forgetMatches(run, step);
  delete run.waiting;
  const planned = makePlan(deciding, { version, id, run, next: taken.next, loop });
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
