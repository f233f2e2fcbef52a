// Puts calls on the bus of applications, as an application would.
import type { Buses } from '#lib/local/events/buses.ts';
import { toJson } from '#lib/local/asl/json.ts';
import { isRecord } from '#lib/contracts/segment-call.ts';
import type { SegmentCall } from './running-cloud.ts';

/** As the page and the sample are called on the bus. */
const SOURCE = 'laptop';

/** @throws Error (rejects) where a call is no JSON object. */
export async function putOnBus(
  buses: Pick<Buses, 'put'>,
  bus: string,
  calls: readonly SegmentCall[],
): Promise<void> {
  for (const call of calls) {
    const detail = toJson(call);
    if (!isRecord(detail)) throw new Error('A call has to be an object.');
    await buses.put({
      bus,
      source: SOURCE,
      detailType: String(call['event'] ?? call['type']).slice(0, LONGEST_DETAIL_TYPE),
      detail,
    });
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html */
const LONGEST_DETAIL_TYPE = 128;
