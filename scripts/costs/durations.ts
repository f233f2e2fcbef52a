// How long a call of a function is billed for. It cannot be measured without an account, so it is put together from what the function
// waits for, which is counted, and these times, which are assumptions and named as such on the page.
import { FUNCTION_SETTINGS } from '#lib/infra/function-settings.ts';
import type { FunctionName } from '#lib/contracts/deployment-names.ts';
import type { Work } from './counted-play.ts';

/** Milliseconds. AWS says "single-digit milliseconds" of DynamoDB; the others are a caller's usual experience within one Region. */
export const ASSUMED_MILLIS = {
  /** Parsing, deciding (0.05 ms), packing, logging. */
  own: 5,
  table: 5,
  /** Start, wake or stop of an execution. */
  execution: 25,
  /** SES, End User Messaging. */
  provider: 80,
  /** A function or endpoint of the user's. */
  outside: 200,
} as const;

/** GB-seconds of one call of a function with such work, on average. */
export function gigabyteSeconds(name: FunctionName, work: Work, more: number): number {
  const { memoryMegabytes } = FUNCTION_SETTINGS[name];
  const calls = Math.max(1, work.calls);
  const millis =
    ASSUMED_MILLIS.own + ((work.reads + work.writes + work.told) / calls) * ASSUMED_MILLIS.table + more;
  return (memoryMegabytes / 1024) * (millis / 1000);
}
