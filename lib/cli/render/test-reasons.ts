// Why a scenario failed: for each thing that did not happen, what was decided instead, and for what reason.
import type { Instant } from '#lib/contracts/time.ts';
import type { Actual } from '#lib/simulator/scenarios/actual.ts';
import { messageId } from '#lib/contracts/ids.ts';
import type { Expected, Missing } from '#lib/simulator/scenarios/match-expectations.ts';
import type { ScenarioResult } from '#lib/simulator/scenarios/play-scenario.ts';
import { happenedInWords } from '#lib/engine/happened-in-words.ts';

/** A sentence for each difference that concerns the customer. */
export function reasonsFor(
  customer: string,
  { missing, unexpected, actual }: ScenarioResult,
  moment: (instant: Instant) => string,
): string[] {
  const mine = actual.filter(({ external }) => external === customer);
  const reasons = missing
    .filter(({ expected }) => expected.customer === customer)
    .map((one) => `${one.expected.kind.words(one.expected.fields)} – ${explain(one, mine, moment)}`);
  // What came instead of something expected has been told with it.
  const told = new Set(missing.map(({ instead }) => instead?.actual));
  const more = unexpected
    .filter((one) => one.external === customer && !told.has(one))
    .map((one) => `${happenedInWords(one, moment)} – nothing of the kind is expected`);
  return [...reasons, ...more];
}

function explain(
  { expected, instead }: Missing,
  actual: readonly Actual[],
  moment: (instant: Instant) => string,
): string {
  const told = (one: Actual): string => {
    const because = one.because === undefined ? '' : `, because ${one.because}`;
    return `${happenedInWords(one, moment)} on ${moment(one.at)}${because}`;
  };
  if (instead !== undefined) {
    const { actual: other, differences } = instead;
    if (differences.length === 0) return told(other);
    const [first] = differences;
    return first === 'at another time' && differences.length === 1
      ? `it happened on ${moment(other.at)}`
      : `instead: ${told(other)}; ${differences.join('; ')}`;
  }
  const related = actual.filter((one) => isRelated(expected, one));
  if (related.length > 0) return related.slice(-2).map(told).join('; ');
  const end = actual.findLast(({ kind }) => ENDS.includes(kind));
  if (end !== undefined) return `the run had ended: ${told(end)}`;
  return actual.some(({ kind }) => kind === 'enters') ? 'the run never came there' : 'nobody entered';
}

const ENDS = ['exits', 'completes', 'fails'];
const ENTRIES = ['enters', 'refuses'];
const SENDS = ['sends', 'skips', 'defers'];

/** Decisions on the same question: the same message, the way in, the way out. */
function isRelated({ kind: { verb }, fields, journey }: Expected, actual: Actual): boolean {
  if (actual.journey !== journey) return false;
  if (ENTRIES.includes(verb)) return ENTRIES.includes(actual.kind);
  if (ENDS.includes(verb)) return ENDS.includes(actual.kind);
  if (verb === 'takes') return actual.kind === 'takes' && actual.step === fields['branch'];
  return SENDS.includes(actual.kind) && messageId(actual.message) === fields[verb];
}
