/** One leaf of a condition in words: what was asked, and what was found in the document, the event or the run. */
import { formatDuration } from '#lib/contracts/duration.ts';
import { isSameAs, type Compare, type Condition, type Moment } from '#lib/journey/conditions/condition.ts';
import { fieldName } from '#lib/journey/conditions/field.ts';
import type { Deciding } from '../deciding.ts';
import type { SendRecord } from '../document.ts';
import { addressesOf, isSuppressed } from '../rules/addresses.ts';
import { whyNoConsent } from '../rules/consent-precedence.ts';
import { describeDid } from './describe-did.ts';
import { describeSegment } from './describe-segment.ts';
import { valueOf, type Scope } from './evaluate.ts';
import { isOf, latestSend } from './send-was.ts';
import { isMissing } from './values.ts';

export type Leaf = Exclude<Condition, { of: unknown }>;

export interface Description {
  readonly asked: string;
  readonly found?: string;
}

/** Characters shown of a value. */
const MOST_OF_VALUE = 40;
/** Entries looked at of a list. */
const MOST_OF_LIST = 10;

export function describeLeaf(leaf: Leaf, holds: boolean, deciding: Deciding, scope: Scope): Description {
  switch (leaf.kind) {
    case 'compare':
      return compared(leaf, holds, deciding, scope);
    case 'send': {
      const record = latestSend(deciding.document, scope.run?.id, leaf.send);
      return { asked: `step ${leaf.send} was ${leaf.was}`, ...(holds ? {} : { found: became(record) }) };
    }
    case 'message': {
      const within = leaf.within === undefined ? '' : ` in ${formatDuration(leaf.within)}`;
      const record = deciding.document.sends.findLast((send) => isOf(send, leaf.message));
      return {
        asked: `message ${leaf.message} was ${leaf.was}${within}`,
        ...(holds ? {} : { found: became(record) }),
      };
    }
    case 'did':
      return describeDid(leaf, deciding, scope.run?.run.entered);
    case 'segment':
      return describeSegment(leaf, deciding);
    case 'inJourney':
      return { asked: `in journey ${leaf.journey}` };
    case 'completed':
      return { asked: `completed journey ${leaf.journey}` };
    case 'reachable': {
      const topic = leaf.topic === undefined ? '' : ` about ${leaf.topic}`;
      const asked = `reachable by ${leaf.channel}${topic}`;
      if (holds) return { asked };
      const { document } = deciding;
      if (isSuppressed(document, leaf.channel)) return { asked, found: 'suppressed' };
      if (addressesOf(document, leaf.channel).length === 0) return { asked, found: 'no address' };
      return { asked, found: whyNoConsent(deciding, leaf.topic, leaf.channel) ?? 'no consent' };
    }
  }
}

function compared(compare: Compare, holds: boolean, deciding: Deciding, scope: Scope): Description {
  const { field, operator } = compare;
  const asked = `${fieldName(field)} ${question(compare)}`;
  const value = valueOf(field, deciding, scope);
  if (isSameAs(compare.value)) {
    const other = valueOf(compare.value.sameAs, deciding, scope);
    const [one, two] = [shown(value), shown(other)];
    return { asked, found: one === two ? `both are ${one}` : `they are ${one} and ${two}` };
  }
  if (isMissing(value)) return operator === 'exists' ? { asked } : { asked, found: 'it is not known' };
  // Where a value equals what was asked for, it stands there already.
  return holds && operator === 'eq' ? { asked } : { asked, found: `it is ${shown(value)}` };
}

function question(compare: Compare): string {
  switch (compare.operator) {
    case 'eq':
      return `is ${wanted(compare.value)}`;
    case 'ne':
      return `is not ${wanted(compare.value)}`;
    case 'gt':
      return `is more than ${wanted(compare.value)}`;
    case 'gte':
      return `is at least ${wanted(compare.value)}`;
    case 'lt':
      return `is less than ${wanted(compare.value)}`;
    case 'lte':
      return `is at most ${wanted(compare.value)}`;
    case 'in':
      return `is one of ${wanted(compare.value)}`;
    case 'notIn':
      return `is none of ${wanted(compare.value)}`;
    case 'exists':
      return compare.value ? 'is known' : 'is not known';
    case 'contains':
      return `contains ${wanted(compare.value)}`;
    case 'startsWith':
      return `starts with ${wanted(compare.value)}`;
    case 'endsWith':
      return `ends with ${wanted(compare.value)}`;
    case 'near':
      return `is within ${compare.value.km} km of ${compare.value.lat}, ${compare.value.lon}`;
    case 'before':
    case 'after':
      return `is ${compare.operator} ${isSameAs(compare.value) ? wanted(compare.value) : momentText(compare.value)}`;
    case 'within next':
      return `is within the next ${formatDuration(compare.value)}`;
    case 'within last':
      return `is within the last ${formatDuration(compare.value)}`;
    case 'more than ago':
      return `is more than ${formatDuration(compare.value)} ago`;
  }
}

function wanted(value: unknown): string {
  return isSameAs(value) ? fieldName(value.sameAs) : shown(value);
}

function momentText(moment: Moment): string {
  return 'date' in moment ? moment.date : moment.instant;
}

/** What is known of a send; reports in the order in which they happened. */
function became(record: SendRecord | undefined): string {
  if (record === undefined) return 'nothing is known of one';
  const reports = Object.entries(record.reports ?? {})
    .toSorted(([, a], [, b]) => (a < b ? -1 : 1))
    .map(([name]) => name);
  const state =
    record.state === 'accepted' ? 'sent' : record.state === 'unknown' ? 'perhaps sent' : record.state;
  return `it was ${[state, ...reports].join(', ')}`;
}

/** A value as it is read aloud; long ones are cut. */
function shown(value: unknown): string {
  if (isMissing(value)) return 'not known';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = Array.isArray(value) ? value.slice(0, MOST_OF_LIST).map(plain).join(', ') : plain(value);
  return text.length > MOST_OF_VALUE ? `${text.slice(0, MOST_OF_VALUE - 1)}…` : text;
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
