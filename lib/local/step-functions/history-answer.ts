// Events of a history as GetExecutionHistory gives them: each type has its details under a name of its own.
// https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
import type { HistoryEvent } from '../asl/history.ts';
import type { JsonObject } from '../asl/json.ts';
import { seconds } from './json-text.ts';

/** Of all states alike, whatever their type. */
const STATE_EVENT = /^(?:Pass|Task|Choice|Wait|Parallel|Map|Succeed|Fail)State(?<what>Entered|Exited)$/;
const DATA: ReadonlySet<string> = new Set(
  'input inputDetails output outputDetails parameters assignedVariables assignedVariablesDetails'.split(' '),
);

/** `withData`: inputs, outputs and variables are in there. */
export function historyAnswer(
  { id, previousEventId, timestamp, type, details }: HistoryEvent,
  withData: boolean,
) {
  const kept =
    details === undefined || withData
      ? details
      : Object.fromEntries(Object.entries(details).filter(([name]) => !DATA.has(name)));
  return {
    timestamp: seconds(timestamp),
    type,
    id,
    previousEventId,
    ...(kept === undefined ? {} : { [detailsName(type)]: kept satisfies JsonObject }),
  };
}

/** `TaskScheduled` → `taskScheduledEventDetails`. */
function detailsName(type: string): string {
  const what = STATE_EVENT.exec(type)?.groups?.['what'];
  if (what !== undefined) return `state${what}EventDetails`;
  return `${type.slice(0, 1).toLowerCase()}${type.slice(1)}EventDetails`;
}
