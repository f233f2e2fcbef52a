// Dates that waits end by: they have to be dates, and what is said beside them has to make sense with them.
import { parseDateOffset } from '#lib/contracts/date-offset.ts';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { fieldName, parseField } from '#lib/journey/conditions/field.ts';
import type { Step } from '#lib/journey/steps/step.ts';
import { finding } from '../diagnostics.ts';
import { typeOfField, type FieldPlace } from './condition-fields.ts';
import { checkField } from './known-fields.ts';
import type { ConditionPlace } from './condition-context.ts';
import type { Check } from './journey-context.ts';

/** A wait reads what a condition could read where no event is at hand. */
const AT_A_WAIT: ConditionPlace = {
  scope: 'when',
  event: undefined,
  path: [],
  condition: undefined,
  problems: [],
};

export const waitDates: Check = function* waitDates(context) {
  const { steps, settings } = context;
  for (const place of steps) {
    const until = untilDate(place.step);
    if (until === undefined) continue;
    const path = [...place.path, 'until'];
    const named = fieldAt(until.date, [...path, 'date']);
    if (named !== undefined) yield* checkField(named, AT_A_WAIT, context);
    const type =
      named === undefined || settings === undefined
        ? undefined
        : typeOfField(named.field, AT_A_WAIT, context, settings.vocabulary);
    if (named !== undefined && type !== undefined && type !== 'date' && type !== 'date-time')
      yield finding('not-a-date', [...path, 'date'], { name: fieldName(named.field), type });
    if (until.offset === undefined || until.at === undefined) continue;
    const offset = parseDateOffset(until.offset);
    if (!('problem' in offset) && offset.milliseconds !== 0)
      yield finding('offset-with-time', [...path, 'offset'], { offset: until.offset, at: until.at });
  }
};

/** Undefined for a date that is written out. */
function fieldAt(written: string, path: JsonPath): FieldPlace | undefined {
  const field = parseField(written);
  return field === undefined ? undefined : { field, path, at: 'value' };
}

/** The date that a wait ends by, as written; undefined for every other step. */
export function untilDate(step: Step) {
  if (step.type !== 'wait' && step.type !== 'waitFor') return undefined;
  return typeof step.until === 'object' ? step.until : undefined;
}
