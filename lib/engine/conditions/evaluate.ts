/**
 * Conditions are evaluated here and nowhere else. A missing value is never equal, unequal, greater, less, in or not in: the
 * condition is false, and `not` of it is true.
 */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { isSameAs, type Condition, type Field } from '#lib/journey/conditions/condition.ts';
import { zoneOf } from '../deciding.ts';
import type { Run } from '../document.ts';
import { whyNoConsent } from '../rules/consent-precedence.ts';
import { addressesOf, isSuppressed } from '../rules/addresses.ts';
import { addDuration } from '../time/add-duration.ts';
import { compareWith } from './compare.ts';
import { did } from './did.ts';
import { messageWas, wasOutcome } from './send-was.ts';
import type { Sight } from './sight.ts';

/** What a condition may read besides the profile. */
export interface Scope {
  /** The event being tested; only inside `where`. */
  readonly event?: CustomerEvent | undefined;
  /** Properties of the event that let the run in. */
  readonly entry?: Readonly<Record<string, unknown>> | undefined;
  readonly run?: { readonly id: string; readonly run: Run } | undefined;
}

/**
 * True, false, nothing else: bad values in profiles and events never throw. What would have to be guessed, because it happened
 * before anybody counted (see did.ts), makes the whole condition false: `unknown` is what it is taken for, false at the top and
 * the opposite inside each `not`.
 */
export function isTrue(condition: Condition, deciding: Sight, scope: Scope, unknown = false): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((one) => isTrue(one, deciding, scope, unknown));
    case 'any':
      return condition.of.some((one) => isTrue(one, deciding, scope, unknown));
    case 'not':
      return !isTrue(condition.of, deciding, scope, !unknown);
    case 'compare': {
      const zone = (): string => zoneOf(deciding.document, deciding.workspace);
      const other = isSameAs(condition.value) ? valueOf(condition.value.sameAs, deciding, scope) : undefined;
      return compareWith(condition, valueOf(condition.field, deciding, scope), other, {
        now: deciding.now,
        zone,
      });
    }
    case 'send':
      return wasOutcome(deciding.document, scope.run?.id, condition.send, condition.was);
    case 'did':
      return did(condition, deciding, scope.run?.run.entered) ?? unknown;
    case 'segment':
      return isMember(condition, deciding);
    case 'message':
      return messageWas(deciding, condition);
    case 'inJourney':
      return Object.values(deciding.document.runs).some(
        (run) => run.journey === condition.journey && run.over === undefined,
      );
    case 'completed':
      return (own(deciding.document.tallies, condition.journey)?.completed ?? 0) > 0;
    case 'reachable':
      return (
        !isSuppressed(deciding.document, condition.channel) &&
        addressesOf(deciding.document, condition.channel).length > 0 &&
        whyNoConsent(deciding, condition.topic, condition.channel) === undefined
      );
  }
}

function isMember(
  { segment, for: length }: Extract<Condition, { kind: 'segment' }>,
  { document, workspace, now }: Sight,
): boolean {
  const since = own(document.segments, segment);
  if (since === undefined || length === undefined) return since !== undefined;
  return addDuration(since, length, zoneOf(document, workspace)) <= now;
}

/** Undefined where there is no such value; own properties only. */
export function valueOf(field: Field, deciding: Sight, scope: Scope): unknown {
  if (field.root === 'run') return scope.run?.run.round ?? 0;
  const [first = '', ...rest] = field.path;
  let value: unknown;
  if (field.root === 'profile') value = own(deciding.document.traits, first)?.value;
  else if (field.root === 'event') value = own(scope.event?.properties, first);
  else if (field.root === 'saved') value = own(scope.run?.run.saved, first);
  else value = own(scope.entry, first);
  for (const part of rest) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = own(value as Record<string, unknown>, part);
  }
  return value;
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
