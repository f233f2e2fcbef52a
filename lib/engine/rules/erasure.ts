/**
 * Erasure: of a customer there stays what says nothing about anybody: hashes, instants, and how often each journey was entered and left
 * (promise P8). This tombstone keeps out whatever still comes: late events, steps, reports, time.
 */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { RUN_ENDED } from '#lib/contracts/faults.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { addMillis, later, type Instant } from '#lib/contracts/time.ts';
import { CUSTOMER_RETURNED } from '#lib/journey/vocabulary.ts';
import { newDocument, type CustomerDocument, type Run } from '../document.ts';
import type { Answer, Input } from '../input.ts';

/** Reason of the runs that an erasure has ended. */
const ERASED = 'erased';

/**
 * So long after an erasure something that began before it may still be written beside the document: a message that was with its provider,
 * a device that was being learned. No function of Lambda runs longer.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
 */
export const STRAGGLERS_MILLIS = 15 * 60 * 1000;

type Tombstone = NonNullable<CustomerDocument['erased']>;

/** What becomes of an erased customer's document; the same object where nothing does. */
interface Decided {
  readonly document: CustomerDocument;
  readonly log: readonly LogEntry[];
  readonly answer?: Answer;
}

/** Undefined where the input neither erases nor is about somebody erased. Needs no version: people are erased whatever is deployed. */
export function decideErasure(document: CustomerDocument, input: Input, clock: Instant): Decided | undefined {
  const now = later(clock, document.decided);
  if (document.erased !== undefined)
    return eventOfReturn(document, input) === undefined ? buried(document, input, now) : undefined;
  return input.kind === 'erase' ? erased(document, input, now) : undefined;
}

/**
 * The event by which somebody erased is a customer with this input. Not before all of what was is surely gone: what is removed later
 * would be theirs by then. Who has said so earlier comes back with the removal that makes it sure.
 */
export function eventOfReturn(document: CustomerDocument, input: Input): CustomerEvent | undefined {
  const { erased: tombstone } = document;
  if (tombstone?.removal === 'sure') return saysReturned(document, input) ? input : undefined;
  if (tombstone?.returns === undefined || input.kind !== 'removed' || !isSure(tombstone, input))
    return undefined;
  const { id, at, received } = tombstone.returns;
  return { kind: 'event', id, at, received, event: CUSTOMER_RETURNED, properties: {} };
}

/** Whether the event says that somebody erased is a customer again, by their id, and of its own time after the erasure. */
function saysReturned(
  { erased: tombstone, external }: CustomerDocument,
  input: Input,
): input is CustomerEvent {
  return (
    tombstone !== undefined &&
    input.kind === 'event' &&
    input.event === CUSTOMER_RETURNED &&
    input.at > tombstone.at &&
    external.user !== ''
  );
}

/** As a customer nobody has heard of, but for the counts of journeys. */
export function withNothingKnown(tombstone: CustomerDocument, { at }: CustomerEvent): CustomerDocument {
  const { customer, external, erased: kept, revision, tallies, runs, decided } = tombstone;
  const user = kept?.returns?.user ?? external.user;
  return { ...newDocument(customer, user, at), revision, decided, tallies, runs, returned: at };
}

function isSure({ at }: Tombstone, { begun }: Extract<Input, { kind: 'removed' }>): boolean {
  return begun >= addMillis(at, STRAGGLERS_MILLIS);
}

/** Told before the customer came back: it belongs to what was erased. */
export function isBeforeReturn(
  { returned: since }: CustomerDocument,
  { at }: { readonly at: Instant },
): boolean {
  return since !== undefined && at < since;
}

function erased(
  document: CustomerDocument,
  { by }: Extract<Input, { kind: 'erase' }>,
  now: Instant,
): Decided {
  // Of somebody nobody knows there is nothing to erase.
  if (document.revision === 0) return { document, log: [] };
  const { customer, created, tallies, revision } = document;
  const log: LogEntry[] = [];
  const runs: Record<string, Run> = {};
  const counted: CustomerDocument['tallies'] = { ...tallies };
  for (const [id, run] of Object.entries(document.runs)) {
    const { journey, version } = run;
    if (run.over === undefined) {
      const tally = counted[journey] ?? NOTHING_COUNTED;
      counted[journey] = { ...tally, exited: { ...tally.exited, [ERASED]: (tally.exited[ERASED] ?? 0) + 1 } };
      log.push({ at: now, kind: 'exits', journey, version, run: id, reason: ERASED });
    }
    if (hasExecution(run)) runs[id] = stopping(run, now);
  }
  return {
    document: {
      ...newDocument(customer, '', created),
      revision: revision + 1,
      decided: now,
      erased: { at: now, by, removal: 'wanted' },
      tallies: counted,
      runs,
      log,
    },
    log,
  };
}

const NOTHING_COUNTED: CustomerDocument['tallies'][string] = {
  entered: 0,
  completed: 0,
  exited: {},
  failed: 0,
  heldOut: 0,
  converted: 0,
};

/** A run that rests has none: nothing has to be stopped. */
function hasExecution({ phase }: Run): boolean {
  return phase !== 'parked' && phase !== 'held';
}

/** What it takes to stop the execution, and nothing of what the run knew. */
function stopping({ journey, version, leg, entered, since, over }: Run, now: Instant): Run {
  return {
    journey,
    version,
    leg,
    phase: 'stopping',
    phaseAt: now,
    entered,
    event: {},
    first: { route: {}, until: null, from: entered },
    since,
    over: over ?? { as: 'exited', reason: ERASED, at: now },
  };
}

/** Of what still comes only the ends of executions and the removal itself change anything; steps are told that their run is over. */
function buried(document: CustomerDocument, input: Input, now: Instant): Decided {
  const changed = afterwards(document, input, now);
  const decided: CustomerDocument =
    changed === undefined
      ? document
      : {
          ...document,
          ...changed,
          external: { user: '' },
          revision: document.revision + 1,
          decided: now,
          log: [],
        };
  const answer = answerOf(input);
  return { document: decided, log: [], ...(answer === undefined ? {} : { answer }) };
}

function afterwards(
  document: CustomerDocument,
  input: Input,
  now: Instant,
): Pick<CustomerDocument, 'runs'> | Pick<CustomerDocument, 'erased'> | undefined {
  const { runs, erased: tombstone } = document;
  switch (input.kind) {
    case 'event':
      return expected(document, input);
    case 'erase':
      // Somebody who was about to come back wants to be gone again, from now on.
      return tombstone?.returns === undefined
        ? undefined
        : { erased: { at: now, by: input.by, removal: 'wanted' } };
    case 'confirm':
      return input.answer === 'stopped' ? without(runs, input.run, input.leg) : undefined;
    case 'execution ended':
      return without(runs, input.run.run, input.run.leg);
    case 'end run':
      return without(runs, input.call.run.run, input.call.run.leg);
    case 'removed': {
      if (tombstone === undefined || tombstone.removal === 'sure') return undefined;
      if (!isSure(tombstone, input) && tombstone.removal === 'done') return undefined;
      return { erased: { ...tombstone, removal: isSure(tombstone, input) ? 'sure' : 'done' } };
    }
    default:
      return undefined;
  }
}

/** That they are back is kept until they can be: the first word of it, whatever is told again. */
function expected(
  document: CustomerDocument,
  input: CustomerEvent,
): Pick<CustomerDocument, 'erased'> | undefined {
  const { erased: tombstone, external } = document;
  if (tombstone === undefined || tombstone.returns !== undefined || !saysReturned(document, input))
    return undefined;
  const { id, at, received } = input;
  return { erased: { ...tombstone, returns: { id, at, received, user: external.user } } };
}

/** The run's execution is gone. */
function without(
  runs: CustomerDocument['runs'],
  id: string,
  leg: number,
): Pick<CustomerDocument, 'runs'> | undefined {
  if (!Object.hasOwn(runs, id) || runs[id]?.leg !== leg) return undefined;
  const { [id]: _, ...others } = runs;
  return { runs: others };
}

function answerOf({ kind }: Input): Answer | undefined {
  switch (kind) {
    case 'send':
    case 'sent':
    case 'not rendered':
    case 'act':
    case 'called':
    case 'decide':
    case 'await':
      return { kind: 'leave', name: RUN_ENDED, details: {} };
    default:
      return undefined;
  }
}
