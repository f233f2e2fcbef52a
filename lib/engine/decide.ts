/**
 * The heart of Wend: everything that happens to a customer is an input, and `decide` says what becomes of the document and
 * why. Pure, synchronous, total: the same document, input and context give byte-identical results (promise P9).
 */
import type { CustomerEvent, Identify } from '#lib/contracts/customer-event.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { later, type Instant } from '#lib/contracts/time.ts';
import { MOST_BUILT_IN_EVENTS, MOST_ROUNDS } from './budgets.ts';
import { copyDocument } from './copy.ts';
import { announce, note, ownRun, versionOf, type Deciding } from './deciding.ts';
import type { CustomerDocument } from './document.ts';
import type { Answer, Input } from './input.ts';
import { decideAct, decideCalled } from './rules/act.ts';
import { ANY_EVENT } from '#lib/journey/conditions/did.ts';
import { BUILT_IN_EVENTS } from '#lib/journey/vocabulary.ts';
import { ALWAYS_HEARD } from '#lib/journey/watched-events.ts';
import { countEvent } from './rules/aggregates.ts';
import { RUN_IS_OVER, beginCall, decideCall, repeated } from './rules/calls.ts';
import { confirmPhase, executionEnded, failRun } from './rules/confirmations.ts';
import { decideAudience } from './rules/audience.ts';
import { applyConsent } from './rules/consent.ts';
import { changeDevices, hasDevices } from './rules/devices.ts';
import { decideDue, isDue, nextDue } from './rules/due.ts';
import { isDuplicate, remember } from './rules/duplicates.ts';
import { applyStart, learnAddresses } from './rules/learned-addresses.ts';
import { pastAnswer } from './rules/date-moves.ts';
import { decideEntries } from './rules/entries.ts';
import { KEPT_OUT } from './rules/entry-condition.ts';
import { forgetEmitted } from './rules/emit.ts';
import { decideErasure, eventOfReturn, isBeforeReturn, withNothingKnown } from './rules/erasure.ts';
import { decideExits } from './rules/exits.ts';
import { forget } from './rules/forget.ts';
import { forgetRun } from './rules/run-end.ts';
import { decideGoal, decideWatchedGoals } from './rules/goal.ts';
import { forgetWritten } from './rules/ledger.ts';
import { decideOpenWaits } from './rules/open-waits.ts';
import { applyPreferences } from './rules/preferences.ts';
import { applyReport } from './rules/reports.ts';
import { announceMoves, decideMoves, evaluateSegments, NO_MOVES, type Move } from './rules/segments.ts';
import { meetAll } from './rules/met-journeys.ts';
import { decideNotRendered, decideSend, decideSent } from './rules/send.ts';
import { applyServiceCase, letHeldSendsGo } from './rules/service-cases.ts';
import { applySuppression } from './rules/suppression.ts';
import { decideScheduled } from './rules/timed-entries.ts';
import { applyTraits } from './rules/traits.ts';
import { decideWaits, registerWait } from './rules/waits.ts';
import { unknownVersion } from './unknown-version.ts';
import type { Version, Workspace } from './workspace.ts';

export interface Context {
  /** The clock's instant; what counts as now is the later of it and the document's last decision. */
  readonly now: Instant;
  readonly workspace: Workspace;
}

export interface Decision {
  /** The same object as was given where nothing has to be written; else its revision is one more. */
  readonly document: CustomerDocument;
  /** What was decided and why, in order; carried by the document as well until the relay has told the timeline. */
  readonly log: readonly LogEntry[];
  /** For the inputs that are calls of a step; for any input the fault `UnknownVersion`, and then nothing was decided. */
  readonly answer?: Answer;
}

export function decide(stored: CustomerDocument, told: Input, context: Context): Decision {
  const { workspace } = context;
  const erasure = decideErasure(stored, told, context.now);
  if (erasure !== undefined) return erasure;
  const back = eventOfReturn(stored, told);
  const document = back === undefined ? stored : withNothingKnown(stored, back);
  const input = back ?? told;
  const now = later(context.now, document.decided);
  const unknown = unknownVersion(document, workspace, now);
  if (unknown !== undefined)
    return {
      document,
      log: [],
      answer: { kind: 'fault', name: 'UnknownVersion', reason: `${unknown} is not known here` },
    };
  const isNothing = isNothingNew(document, input, workspace);
  const hasCome =
    isDue(document, workspace, now) || (input.kind === 'time' && isDueMoved(document, workspace, now));
  if (isNothing && !hasCome) return { document, log: [] };
  const deciding: Deciding = {
    document: copyDocument(document),
    now,
    clock: now,
    workspace,
    log: [],
    announced: [],
    announcements: 0,
    ownRuns: new Set(),
    late: false,
    isNew: document.revision === 0 || document !== stored,
    changed: document.revision === 0,
  };
  if (hasCome) decideDue(deciding, () => decideWhatFollows(deciding));
  // Of a new customer everything is known from the beginning: nobody is an existing member of anything.
  if (deciding.isNew && workspace.marks !== '') deciding.document.marks = workspace.marks;
  const answer = isNothing ? undefined : decideInput(deciding, input);
  decideWhatFollows(deciding);
  const withAnswer = answer === undefined ? {} : { answer };
  if (!deciding.changed) return { document, log: [], ...withAnswer };
  forget(deciding, document.decided);
  const due = nextDue(deciding.document, workspace, now);
  const decided: CustomerDocument = {
    ...deciding.document,
    revision: document.revision + 1,
    // Where only time has passed, that was when it last changed something, whenever somebody looked.
    decided: isNothing ? deciding.document.decided : now,
    log: deciding.log,
  };
  if (due !== undefined) decided.due = due;
  else if (decided.due !== undefined) delete decided.due;
  return { document: decided, log: deciding.log, ...withAnswer };
}

/** A deployment has moved what is due, and nothing has happened since: `due` has to be written anew. Asked only when somebody looks. */
function isDueMoved(document: CustomerDocument, workspace: Workspace, now: Instant): boolean {
  return document.revision > 0 && nextDue(document, workspace, now) !== document.due;
}

/** What has been decided at this instant may announce events, end waits, and move the customer between segments. */
function decideWhatFollows(deciding: Deciding): void {
  decideAnnounced(deciding);
  decideOpenWaits(deciding, { at: deciding.now });
  if (deciding.changed && deciding.workspace.segmentsReadRuns) settleSegments(deciding);
}

function decideInput(deciding: Deciding, input: Input): Answer | undefined {
  switch (input.kind) {
    case 'event':
    case 'identify':
      decideSource(deciding, input);
      return undefined;
    case 'send':
      return decideSend(deciding, input);
    case 'sent':
      learnAddresses(deciding, input, decideChange);
      return decideSent(deciding, input);
    case 'not rendered':
      return decideNotRendered(deciding, input);
    case 'act':
      return decideAct(deciding, input, decideChange);
    case 'called':
      return decideCalled(deciding, input);
    case 'emitted':
      forgetEmitted(deciding, input.ids);
      return undefined;
    case 'written':
      forgetWritten(deciding, input.ids);
      return undefined;
    case 'decide':
      return decideCall(deciding, input.call);
    case 'await': {
      const begun = beginCall(deciding, input.call);
      // A wait whose arm ended the run is over in the document, but its Task still waits for the token's answer.
      if ('kind' in begun) return begun === RUN_IS_OVER ? wakeEnded(deciding, input) : begun;
      // A wait whose date is past has been told so; its Task has not heard it.
      const before = repeated(begun.run, input.call);
      if (before?.kind === 'plan') return pastAnswer(before.plan);
      return registerWait(deciding, begun.run, begun.version, input.call);
    }
    case 'end run':
      failRun(deciding, input.call);
      return undefined;
    case 'confirm':
      confirmPhase(deciding, input);
      return undefined;
    case 'execution ended':
      executionEnded(deciding, input);
      return undefined;
    case 'scheduled':
      decideScheduled(deciding, input.journey, input.occurrence);
      return undefined;
    case 'audience':
      decideAudience(deciding, input.event);
      return undefined;
    case 'devices':
      changeDevices(deciding.document, input);
      deciding.changed = true;
      return undefined;
    case 'handed out':
      note(deciding, { kind: 'exports', reason: 'asked for by the customer' });
      return undefined;
    case 'time':
    case 'erase':
    case 'removed':
      // What has come due has been decided before, as it is before every input; so are erasures.
      return undefined;
  }
}

/** A step has changed the profile: segments and the exits of all runs are asked, the step's own included, as after an identify. */
function decideChange(deciding: Deciding, id: string): void {
  const { now } = deciding;
  const inside = Object.keys(deciding.document.runs);
  const moves = evaluateSegments(deciding);
  decideRuns(deciding, { kind: 'identify', id, at: now, received: now, traits: {} }, inside, moves);
  announceMoves(deciding, moves, id);
}

/** The run is over: the execution ends by `RunEnded`, and nothing has to be woken. */
function wakeEnded(deciding: Deciding, input: Extract<Input, { kind: 'await' }>): Answer {
  const run = deciding.document.runs[input.call.run.run];
  if (run?.over !== undefined && run.won !== undefined && run.phase === 'waking')
    forgetRun(deciding, input.call.run.run, run);
  return RUN_IS_OVER;
}

/** One event or identify of a source, decided whole. */
function decideSource(deciding: Deciding, input: CustomerEvent | Identify): void {
  const { document, isNew } = deciding;
  deciding.late = input.at < document.decided && document.revision > 0 && input.at < input.received;
  remember(document, input);
  deciding.changed = true;
  const logged = deciding.log.length;
  // Whom this input lets in, by itself or by a built-in event that it sets off, it does not reach.
  const inside = Object.keys(document.runs);
  if (input.kind === 'identify') applyTraits(deciding, input);
  else {
    applyReport(deciding, input);
    applyConsent(deciding, input);
    applyStart(deciding, input);
    applyPreferences(deciding, input);
    applyServiceCase(deciding, input);
    applySuppression(deciding, input);
  }
  if (isNew) meetAll(document, deciding.workspace, deciding.now);
  if (isNew) announce(deciding, 'Customer Created', input, {});
  if (input.kind === 'event') countEvent(deciding, input);
  const moves = evaluateSegments(deciding);
  // What is imported is the past: it is known from now on, and sets off nothing.
  if (input.history === true) {
    deciding.announced.length = 0;
    return;
  }
  decideAnnounced(deciding);
  if (input.kind === 'event') decideEvent(deciding, input, inside, moves);
  else {
    decideRuns(deciding, input, inside, moves);
    decideOpenWaits(deciding, input);
  }
  announceMoves(deciding, moves, input.id);
  if (
    deciding.late &&
    deciding.log.slice(logged).every(({ kind, reason }) => kind === 'refuses' && reason === KEPT_OUT) &&
    input.kind === 'event' &&
    deciding.workspace.watched.has(input.event)
  )
    note(deciding, { kind: 'ignores', reason: 'late', event: input.id });
}

function decideEvent(
  deciding: Deciding,
  event: CustomerEvent,
  inside: readonly string[],
  moves: readonly Move[],
): void {
  decideRuns(deciding, event, inside, moves);
  decideOpenWaits(deciding, event);
  letHeldSendsGo(deciding, event);
  decideWatchedGoals(deciding, event);
  decideEntries(deciding, event);
}

/** Goal, exits as written, the wait: for each active run, in the order of entry. */
function decideRuns(
  deciding: Deciding,
  input: CustomerEvent | Identify,
  inside: readonly string[],
  moves: readonly Move[],
): void {
  const event = input.kind === 'event' ? input : undefined;
  for (const id of inside) {
    const shared = deciding.document.runs[id];
    const version = shared === undefined ? undefined : versionOf(deciding, shared);
    if (version === undefined || !listens(version, input, moves)) continue;
    const run = ownRun(deciding, id);
    if (run === undefined || run.over !== undefined) continue;
    if (input.kind === 'event' && decideGoal(deciding, id, run, version, input)) continue;
    if (decideExits(deciding, id, run, version, { input: input.id, event, moves })) continue;
    if (input.kind === 'event') decideWaits(deciding, id, run, version, input);
  }
}

/** Whether a run of the version can be reached at all: nothing is copied and looked at for the others. */
function listens(version: Version, input: CustomerEvent | Identify, moves: readonly Move[]): boolean {
  if (moves.length > 0 && version.exitsBySegment) return true;
  return version.exitsByCondition || (input.kind === 'event' && version.watches.has(input.event));
}

/** Built-in events that the decision has set off, one after the other; they may set off more, within the budget. */
function decideAnnounced(deciding: Deciding): void {
  for (let count = 0; deciding.announced.length > 0; count += 1) {
    const event = deciding.announced.shift();
    if (event === undefined) return;
    if (count >= MOST_BUILT_IN_EVENTS) {
      note(deciding, { kind: 'ignores', reason: 'too many built-in events in a row', event: event.id });
      deciding.announced.length = 0;
      return;
    }
    const inside = Object.keys(deciding.document.runs);
    const moves = countEvent(deciding, event) ? evaluateSegments(deciding) : NO_MOVES;
    decideEvent(deciding, event, inside, moves);
    announceMoves(deciding, moves, event.id);
  }
}

/** What an input has done to runs and sends may move the customer between segments, and that may do something to runs. */
function settleSegments(deciding: Deciding): void {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const moves = evaluateSegments(deciding);
    if (moves.length === 0) return;
    decideMoves(deciding, moves);
    decideAnnounced(deciding);
    decideOpenWaits(deciding, { at: deciding.now });
  }
  note(deciding, { kind: 'ignores', reason: 'segments and journeys turn in a circle' });
}

/** Inputs that change nothing are told apart before anything is copied. */
function isNothingNew(document: CustomerDocument, input: Input, workspace: Workspace): boolean {
  switch (input.kind) {
    case 'event':
      return isUnheard(input, workspace) || isKnown(document, input);
    case 'identify':
      return isKnown(document, input);
    case 'confirm':
      return !Object.hasOwn(document.runs, input.run);
    case 'emitted':
      return document.emitted === undefined;
    case 'written':
      return document.ledger === undefined;
    case 'execution ended':
      return !Object.hasOwn(document.runs, input.run.run);
    case 'devices':
      return hasDevices(document, input);
    case 'time':
    case 'erase':
    case 'removed':
      // Whom an erasure concerns is decided before (rules/erasure.ts).
      return true;
    default:
      return false;
  }
}

/** Told before, or of a time of which nothing may be known. */
function isKnown(document: CustomerDocument, input: CustomerEvent | Identify): boolean {
  return isDuplicate(document, input) || isBeforeReturn(document, input);
}

/**
 * An event that nothing listens to: the rules of the bus do not pass it (watched-events.ts), so that it makes nobody known and is no
 * occasion to look at conditions, wherever it comes from.
 */
function isUnheard({ event }: CustomerEvent, workspace: Workspace): boolean {
  return (
    !workspace.watched.has(event) &&
    !ALWAYS_HEARD.has(event) &&
    !(workspace.watched.has(ANY_EVENT) && !Object.hasOwn(BUILT_IN_EVENTS, event))
  );
}
