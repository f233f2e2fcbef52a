/**
 * When somebody should look at a customer again though nothing happens: because time alone changes something (`document.due`), or
 * because an effect may have got lost. The document carries that instant (`look`), the table finds customers by it.
 */
import { addMillis, earlier, later, toMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument, Run } from './document.ts';
import { STRAGGLERS_MILLIS } from './rules/erasure.ts';

/**
 * An effect that stays unconfirmed this long is looked at again. The stream's retries and Step Functions' throttling are over in
 * seconds to minutes: whoever came earlier would mostly repeat what is under way.
 */
export const UNCONFIRMED_MILLIS = 10 * 60 * 1000;
/** A step that should have been taken this long ago; one that is merely tried again for hours is found to be running. */
const OVERDUE_MILLIS = 10 * 60 * 1000;
/** A look that has found everything as it was is repeated after this at the earliest. */
const AGAIN_MILLIS = 10 * 60 * 1000;
/**
 * A run that is overdue and was found to be running is looked up again when it is overdue twice as long, so that a wait that the
 * document does not know of costs a few looks and not hundreds; but once a day, so that an ending that was lost is not for weeks.
 */
const SELDOM_MILLIS = 24 * 60 * 60 * 1000;
/**
 * A stored instant that is earlier than it had to be by no more than this stays: moving it is two writes of an index, the look in
 * vain that it may cause little more, and within an hour most runs have moved the instant for better reasons.
 */
const EARLY_ENOUGH_MILLIS = 60 * 60 * 1000;

/** Phases in which there is no execution, or in which it may not be known to the platform yet. */
const WITHOUT_EXECUTION: ReadonlySet<Run['phase']> = new Set(['starting', 'moving', 'parked', 'held']);

/** Whether the relay has something to make true of the run's execution. */
export function hasWork(run: Run): boolean {
  return (
    run.phase === 'starting' ||
    run.phase === 'stopping' ||
    run.phase === 'moving' ||
    (run.phase === 'waking' && run.won?.token !== undefined)
  );
}

/** Whether a committed document has anything for the relay: something to tell, to put on the bus, to write, to remove, or to make true. */
export function isForRelay({ log, emitted, ledger, runs, erased }: CustomerDocument): boolean {
  if (log.length > 0 || emitted !== undefined || ledger !== undefined) return true;
  return erased?.removal === 'wanted' || Object.values(runs).some(hasWork);
}

/**
 * From when on the run is overdue: its execution may have ended without the document being told. Undefined where no execution is
 * expected to be on.
 */
export function overdueAt(run: Run): Instant | undefined {
  if (WITHOUT_EXECUTION.has(run.phase)) return undefined;
  const { since, waiting, deferred, over, first, last, ahead } = run;
  const instants = [
    since,
    waiting?.until,
    deferred?.until,
    over?.at,
    first.until,
    last?.plan.until,
    ahead?.at,
  ];
  let movesOnBy = run.phaseAt;
  for (const at of instants) if (at !== undefined && at !== null) movesOnBy = later(movesOnBy, at);
  return addMillis(movesOnBy, OVERDUE_MILLIS);
}

/**
 * What `look` should be once the document is decided; undefined: never. The stored instant stays where it serves, because writing
 * it anew costs, and where it is past, because then the look is still to come: a busy customer must not put it off for ever.
 */
export function nextLook(document: CustomerDocument, now: Instant): Instant | undefined {
  const { look: stored, due } = document;
  const needed = neededLook(document, now);
  if (needed === undefined || stored === undefined) return needed;
  if (stored <= now) return needed <= now ? stored : needed;
  if (due !== undefined && due <= now) return due;
  // What is overdue already, the last look has found to be as it should, and has moved on.
  const ahead = neededLook(document, now, (at) => (at <= now ? stored : at)) ?? stored;
  const early = toMillis(ahead) - toMillis(stored);
  return early >= 0 && early <= EARLY_ENOUGH_MILLIS ? stored : ahead;
}

/** What `look` should be after a look that has changed nothing: always later than `now`. */
export function lookAfterLook(document: CustomerDocument, now: Instant): Instant | undefined {
  return neededLook(document, now, (at, isOverdue) => {
    if (at > now) return at;
    const since = isOverdue ? toMillis(now) - toMillis(at) : 0;
    return addMillis(now, Math.min(Math.max(since, AGAIN_MILLIS), SELDOM_MILLIS));
  });
}

/** The earliest of all reasons to look; `from` may put one off. */
function neededLook(
  { due, emitted = [], ledger = [], runs, erased }: CustomerDocument,
  now: Instant,
  from: (at: Instant, isOverdue: boolean) => Instant = (at) => at,
): Instant | undefined {
  let needed: Instant | undefined;
  const mind = (at: Instant | undefined, isOverdue = false) => {
    if (at !== undefined) needed = earlier(needed ?? from(at, isOverdue), from(at, isOverdue));
  };
  mind(due);
  if (erased !== undefined && erased.removal !== 'sure') mind(addMillis(erased.at, STRAGGLERS_MILLIS));
  for (const { at } of emitted) mind(addMillis(at, UNCONFIRMED_MILLIS));
  for (const { decided } of ledger) mind(addMillis(decided, UNCONFIRMED_MILLIS));
  for (const run of Object.values(runs)) {
    if (hasWork(run)) mind(addMillis(run.phaseAt, UNCONFIRMED_MILLIS));
    mind(overdueAt(run), true);
    // Once, and not again while the pause lasts: one that was over within the minute in which the run was held is seen by nobody else.
    const held = run.phase === 'held' ? addMillis(run.phaseAt, UNCONFIRMED_MILLIS) : now;
    if (held > now) mind(held);
  }
  return needed;
}
