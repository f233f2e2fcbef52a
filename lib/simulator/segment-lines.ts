// The edge of the simulator: one line of a stream becomes a call, or a refusal with its reason.
import { hashHex } from '#lib/contracts/hash.ts';
import { canBeSent } from '#lib/journey/watched-events.ts';
import { readSegmentCall, type ReadCall, type Refused } from '#lib/contracts/segment-call.ts';

const NO_AUDIENCES: ReadonlySet<string> = new Set();

/**
 * Reads one line. Reasons: `not JSON`, `an event that only Wend makes`, and those of a call. A call without `messageId` is known by its whole line.
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
  const read = readSegmentCall(parsed, { audiences, ownId: () => hashHex(line, 32) });
  const isMade = !('refused' in read) && read.input.kind === 'event' && !canBeSent(read.input.event);
  return isMade ? { refused: 'an event that only Wend makes' } : read;
}
