/** Finds in a customer's timeline why messages went out, or did not. Pure; what the timeline no longer holds is left out. */
import { messageId } from '#lib/contracts/ids.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import type { Explanation, Fact } from './fact.ts';
import { consentFacts, type KnownConsent } from './consent-facts.ts';

/** A timeline's entries, oldest first, and what is known of consent. */
export interface Told {
  readonly entries: readonly LogEntry[];
  readonly consent: KnownConsent;
}

/** Which occasions are asked about. */
export interface Question {
  /** Without its hash. */
  readonly message?: string | undefined;
  readonly run?: string | undefined;
  /** With `run`: the step that sent it. */
  readonly step?: string | undefined;
  /**
   * Journeys that send the message: whoever was not let into one of them, or left it before, did not get it. Those in which the
   * customer has come to the message are known by themselves.
   */
  readonly journeys?: readonly string[];
}

/** The run that was under way says what became of the message. */
const UNDER_WAY = 'already inside';

/** Every occasion that the question is about, in the order in which they ended. None: the timeline says nothing about it. */
export function explainMessages(told: Told, question: Question): readonly Explanation[] {
  const { entries } = told;
  const runs = Map.groupBy(
    entries.filter(({ run }) => run !== undefined),
    ({ run = '' }) => run,
  );
  const journeys = new Set([
    ...(question.journeys ?? []),
    ...entries.filter((entry) => isAbout(entry, question)).flatMap(({ journey }) => journey ?? []),
  ]);
  const found = [...runs].flatMap(([run, ofRun]) =>
    question.run === undefined || question.run === run ? explainRun(told, ofRun, question, journeys) : [],
  );
  if (question.run === undefined && question.message !== undefined)
    for (const entry of entries)
      if (entry.kind === 'refuses' && journeys.has(entry.journey ?? '') && entry.reason !== UNDER_WAY)
        found.push(explained(entry, factsOf(entry)));
  return found.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}

/** The occasions within one run: each send and skip, what is held back now, and what the run's end has cut off. */
function explainRun(
  told: Told,
  ofRun: readonly LogEntry[],
  question: Question,
  journeys: ReadonlySet<string>,
): Explanation[] {
  const found: Explanation[] = [];
  for (const [index, entry] of ofRun.entries()) {
    if (!isAbout(entry, question)) continue;
    const before = ofRun.slice(0, index);
    if (entry.kind === 'sends' || entry.kind === 'skips')
      found.push(explained(entry, [...wayTo(before, entry.step), ...outcomeOf(told, entry)]));
    else if (isLastWord(entry, ofRun.slice(index + 1)))
      found.push(explained(entry, [...wayTo(before, entry.step), ...heldBack(entry)]));
  }
  const end = ofRun.find(({ kind }) => isEnd(kind));
  if (found.length === 0 && end?.journey !== undefined && isAskedEnd(question, journeys, end))
    found.push(explained(end, [...wayTo(ofRun, undefined), ...factsOf(end)]));
  return found;
}

/** A run that has ended without a word about the message says why there is none. */
function isAskedEnd(question: Question, journeys: ReadonlySet<string>, end: LogEntry): boolean {
  return question.run !== undefined || (question.message !== undefined && journeys.has(end.journey ?? ''));
}

function isAbout({ kind, message, step }: LogEntry, question: Question): boolean {
  if (kind !== 'sends' && kind !== 'skips' && kind !== 'defers') return false;
  if (question.step !== undefined && question.step !== step) return false;
  return question.message === undefined || question.message === messageId(message);
}

/** Nothing has come of the deferral yet. */
function isLastWord({ step }: LogEntry, later: readonly LogEntry[]): boolean {
  return !later.some((one) => isEnd(one.kind) || (one.step === step && one.message !== undefined));
}

function isEnd(kind: LogEntry['kind']): boolean {
  return kind === 'exits' || kind === 'completes' || kind === 'fails';
}

/** How the run came to the step, and what has held its message back since it was last there. */
function wayTo(before: readonly LogEntry[], step: string | undefined): readonly Fact[] {
  const last = before.findLastIndex(
    (one) => one.step === step && (one.kind === 'sends' || one.kind === 'skips'),
  );
  return before.flatMap((entry, index) => {
    if (entry.kind === 'enters' || entry.kind === 'takes' || entry.kind === 'holds') return factsOf(entry);
    return entry.kind === 'defers' && entry.step === step && index > last ? heldBack(entry) : [];
  });
}

function isOfCaps(reason: string | undefined): boolean {
  return reason === 'expired' || reason?.startsWith('fatigue: ') === true;
}

function outcomeOf(told: Told, entry: LogEntry): readonly Fact[] {
  const { at, message = '', channel, reason, topic, outcome, yieldsTo, because } = entry;
  const name = messageId(message) ?? message;
  if (entry.kind === 'skips') {
    // Which cap it would have waited for, and its figures, are in the timeline.
    const why = isOfCaps(reason) ? {} : { because };
    return [{ kind: 'not sent', at, message: name, channel, reason: reason ?? '', yieldsTo, ...why }];
  }
  return [
    ...(channel === undefined || reason === undefined
      ? []
      : [{ kind: 'chose channel', channel, because: reason, probability: entry.probability } as const]),
    ...(channel === undefined ? [] : consentFacts(told.consent, { topic, channel, at })),
    ...(topic === undefined ? [] : [{ kind: 'nothing against it' } as const]),
    { kind: 'sent', at, message: name, channel, isSure: outcome !== 'unknown' },
  ];
}

function heldBack({ at, until, reason = '', channel, yieldsTo }: LogEntry): readonly Fact[] {
  return [{ kind: 'held back', at, until, reason, channel, yieldsTo }];
}

function factsOf(entry: LogEntry): readonly Fact[] {
  const { at, kind, journey = '', step, branch = '', event, reason, because, name } = entry;
  switch (kind) {
    case 'enters':
      return [{ kind: 'entered', at, journey, event: name, because }];
    case 'refuses':
      return [{ kind: 'not let in', at, journey, reason: reason ?? '', because }];
    case 'holds':
      return [{ kind: 'paused', at }];
    case 'takes':
      if (step !== undefined && event !== undefined) return [{ kind: 'happened', at, step, event: branch }];
      if (step !== undefined && branch === 'time is up') return [{ kind: 'time was up', at, step }];
      return [{ kind: 'took', at, step, branch, because }];
    case 'exits':
    case 'completes':
    case 'fails':
      return [{ kind: 'ended', at, journey, as: kind, reason, because }];
    default:
      return [];
  }
}

const OUTCOMES: Readonly<Partial<Record<LogEntry['kind'], Explanation['outcome']>>> = {
  sends: 'sent',
  defers: 'held back',
  skips: 'not sent',
  refuses: 'not let in',
};

/** `entry`: how the occasion ended. */
function explained(entry: LogEntry, facts: readonly Fact[]): Explanation {
  const { at, kind, journey = '', run, message } = entry;
  const isDoubtful = kind === 'sends' && entry.outcome === 'unknown';
  const outcome = isDoubtful ? 'perhaps sent' : (OUTCOMES[kind] ?? 'not reached');
  return { outcome, at, journey, run, message: messageId(message), facts };
}
