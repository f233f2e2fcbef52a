// An event as it lies on a bus. https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
import type { JsonObject } from '../asl/json.ts';

export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** `2026-11-22T08:00:00Z`: whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

/** An event as JSON, which it is: interfaces have no index signature. */
export function asJson(event: BusEvent): JsonObject {
  return { ...event };
}

export function eventTime(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
