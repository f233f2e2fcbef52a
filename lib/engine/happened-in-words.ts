// What happened to a customer, in the words in which expectations are written: for terminals and pages.
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { messageId } from '#lib/contracts/ids.ts';
import type { Instant } from '#lib/contracts/time.ts';

/** "skips cart-reminder by email (no consent)"; `moment` prints an instant at the customer's place. */
export function happenedInWords(entry: LogEntry, moment: (instant: Instant) => string): string {
  const { kind, message, channel, reason, until, step, branch, outcome, name, value, segment } = entry;
  const because = reason === undefined ? '' : ` (${reason})`;
  switch (kind) {
    case 'sends':
      return `sends ${messageId(message)} by ${channel}${chosenInWords(entry)}${inSegments(entry)}${outcome === 'unknown' ? ' (perhaps: no answer)' : ''}`;
    case 'skips':
      return `skips ${messageId(message)}${channel === undefined ? '' : ` by ${channel}`}${because}`;
    case 'defers':
      return `defers ${messageId(message)}${until === undefined ? '' : ` until ${moment(until)}`}${because}`;
    case 'takes':
      // The goal sends a run to steps of its own from wherever it is.
      return step === undefined ? `goes on with the steps of the ${branch}` : `takes "${branch}" at ${step}`;
    case 'waits':
      return `waits at ${step}${until === undefined ? '' : ` until ${moment(until)}`}`;
    case 'sets':
      return `sets ${name} to ${valueInWords(value)} at ${step}`;
    case 'emits':
      return `emits ${name}${value === undefined ? '' : ` with ${valueInWords(value)}`} at ${step}`;
    case 'calls':
      return `calls ${name}: ${outcome}${because}`;
    case 'lifts':
      return `lifts the suppression by ${channel}${because}`;
    case 'exports':
      return `hands out a copy of everything${because}`;
    case 'joins':
    case 'leaves':
      return `${kind} ${segment}${because}`;
    default:
      return `${kind}${step === undefined ? '' : ` at ${step}`}${because}`;
  }
}

/** Of the best of several channels: " (explored, 3.3 %)". */
function chosenInWords({ reason, probability }: LogEntry): string {
  if (reason === undefined || probability === undefined) return '';
  return ` (${reason}, ${Math.round(probability * 1000) / 10} %)`;
}

/** "price 49.99, cart_id k1"; an object is cut off where it gets long. */
export function valueInWords(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '""' : value;
  if (value === null) return 'nothing';
  if (typeof value !== 'object') return JSON.stringify(value) ?? '';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : value.map(valueInWords).join(', ');
  const text = Object.entries(value)
    .map(([name, part]) => `${name} ${valueInWords(part)}`)
    .join(', ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** One is what everybody takes for granted. */
function inSegments({ segments = 1 }: LogEntry): string {
  return segments > 1 ? ` in ${segments} segments` : '';
}
