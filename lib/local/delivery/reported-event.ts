import type { JsonObject } from '../asl/json.ts';

/** What a provider tells on the account's default bus. https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export interface ReportedEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  /** ARNs. */
  readonly resources: readonly string[];
  /** When it happened; milliseconds of the business's clock since 1970. The bus writes whole seconds. */
  readonly at: number;
}
