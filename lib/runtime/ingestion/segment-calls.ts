/** Segment calls in the detail of an event, whatever its source and detail-type are: what no other reader takes. */
import { readSegmentCall } from '#lib/contracts/segment-call.ts';
import type { SourceReader } from './source-reader.ts';

/**
 * A call without `messageId` has the id that the bus gave the event, and one without a time that of the bus.
 * @param audiences events that may come without a customer
 */
export function segmentCalls(audiences: ReadonlySet<string>): SourceReader {
  return {
    takes: () => true,
    read({ id, time, received, detail }) {
      const read = readSegmentCall(detail, { audiences, ownId: () => id, taken: { at: time, received } });
      return 'refused' in read ? read : { call: read };
    },
  };
}
