// Every rule for a journey. A new rule is one file beside this one and one line here.
import { armNames } from './arm-names.ts';
import { behaviour } from './behaviour.ts';
import { bestChannel } from './best-channel.ts';
import { capUsedUp } from './cap-used-up.ts';
import { caps } from './caps.ts';
import { deliveryWithoutEffect } from './delivery-without-effect.ts';
import { emits } from './emits.ts';
import { definitionSize } from './definition-size.ts';
import { entryFields } from './entry-fields.ts';
import { exitsNeverTaken } from './exits-never-taken.ts';
import { expiresWhileClosed } from './expires-while-closed.ts';
import { goalSteps } from './goal-steps.ts';
import { hiddenCases } from './hidden-cases.ts';
import { holdoutArms } from './holdout-arms.ts';
import type { Check } from './journey-context.ts';
import { keys } from './keys.ts';
import { knownEvents } from './known-events.ts';
import { knownFields, knownKey } from './known-fields.ts';
import { knownInConditions } from './known-in-conditions.ts';
import { knownMessages } from './known-messages.ts';
import { knownSegments } from './known-segments.ts';
import { knownSteps } from './known-steps.ts';
import { knownValues } from './known-values.ts';
import { eventsNeverReported, neverReported } from './never-reported.ts';
import { knownTimezones } from './known-timezones.ts';
import { knownTopics } from './known-topics.ts';
import { loops } from './loops.ts';
import { messageContent } from './message-content.ts';
import { mostMessages } from './most-messages.ts';
import { operatorTypes } from './operator-types.ts';
import { outsideCalls } from './outside-calls.ts';
import { personalData } from './personal-data.ts';
import { quietHours } from './quiet-hours.ts';
import { rates } from './rates.ts';
import { unreachableSteps } from './reachable-steps.ts';
import { readableConditions } from './readable-conditions.ts';
import { reasons } from './reasons.ts';
import { savedUses } from './saved-uses.ts';
import { schedules } from './schedules.ts';
import { shares } from './shares.ts';
import { smsStop } from './sms-stop.ts';
import { stepIds } from './step-ids.ts';
import { updates } from './updates.ts';
import { valueTexts } from './value-texts.ts';
import { waitEnds } from './wait-ends.ts';
import { startsAndEnds } from './starts-and-ends.ts';
import { windows } from './windows.ts';
import { legalWindows } from './legal-windows.ts';
import { spread } from './spread.ts';
import { waitDates } from './wait-dates.ts';
import { waitForWhat } from './wait-for-what.ts';
import { withoutEffect } from './without-effect.ts';

export const ALL_CHECKS: readonly Check[] = [
  readableConditions,
  knownEvents,
  knownFields,
  knownKey,
  knownSegments,
  behaviour,
  operatorTypes,
  knownTopics,
  knownMessages,
  knownInConditions,
  knownValues,
  neverReported,
  eventsNeverReported,
  messageContent,
  smsStop,
  knownSteps,
  knownTimezones,
  keys,
  stepIds,
  unreachableSteps,
  loops,
  goalSteps,
  exitsNeverTaken,
  definitionSize,
  waitEnds,
  waitForWhat,
  waitDates,
  legalWindows,
  expiresWhileClosed,
  spread,
  shares,
  holdoutArms,
  armNames,
  hiddenCases,
  quietHours,
  windows,
  caps,
  capUsedUp,
  rates,
  bestChannel,
  mostMessages,
  reasons,
  entryFields,
  schedules,
  startsAndEnds,
  withoutEffect,
  deliveryWithoutEffect,
  valueTexts,
  updates,
  emits,
  outsideCalls,
  savedUses,
  personalData,
];
