// The edge of the simulator: one line of a stream becomes a call, or a refusal with its reason.
import { hashHex } from '#lib/contracts/hash.ts';
import { readSegmentCall, type ReadCall, type Refused } from '#lib/contracts/segment-call.ts';

const NO_AUDIENCES: ReadonlySet<string> = new Set();

/**
 * Reads one line. Reasons: `not JSON`, and those of a call. A call without `messageId` is known by its whole line.
 * @param audiences events that may come without a customer, because a journey asks whom they concern
 */
export function readSegmentLine(
  line: string,
  audiences: ReadonlySet<string> = NO_AUDIENCES,
): ReadCall | Refused {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return { refused: 'not JSON' };
  }
  return readSegmentCall(parsed, { audiences, ownId: () => hashHex(line, 32) });
}
