// What happens to calls on their way: phones without a network deliver late, clients that get no answer send again. The
// lines come in the order of their receipt.
import type { Chance } from './chance.ts';
import { HOUR, MINUTE } from './stream.ts';
import type { Call, Moment } from './stream.ts';

interface Receipt {
  readonly received: Moment;
  readonly line: string;
}

/** Of a hundred calls four come late and three come twice. */
export function deliver(calls: readonly Call[], chance: Chance): readonly string[] {
  const receipts: Receipt[] = [];
  const inOrder = calls.toSorted((a, b) => a.happened - b.happened);
  for (const [index, call] of inOrder.entries()) {
    const messageId = `m-${String(index + 1).padStart(6, '0')}`;
    const late = chance.inHundred(4) ? chance.between(2, 110) * MINUTE : 0;
    receipts.push(receipt(call, messageId, call.happened + late));
    if (chance.inHundred(3)) {
      receipts.push(receipt(call, messageId, call.happened + late + chance.between(1, 5 * 60) * MINUTE));
    }
  }
  receipts.push(...strangers(inOrder, chance));
  return receipts.toSorted((a, b) => a.received - b.received).map(({ line }) => line);
}

function receipt(call: Call, messageId: string, received: Moment): Receipt {
  const { type, ...rest } = call.body;
  const timestamp = instant(call.happened);
  const late = received > call.happened ? { receivedAt: instant(received) } : {};
  return { received, line: JSON.stringify({ messageId, timestamp, ...late, type, ...rest }) };
}

/** Calls of which nobody knows whose they are: they cannot be decided, and are counted. */
function strangers(calls: readonly Call[], chance: Chance): readonly Receipt[] {
  return [1, 2, 3].map((number) => {
    const { happened, body } = chance.one(calls.filter((call) => call.body['event'] === 'Product Viewed'));
    const { userId: _, ...rest } = body;
    return receipt({ happened: happened + HOUR, body: rest }, `m-stranger-${number}`, happened + HOUR);
  });
}

function instant(moment: Moment): string {
  return new Date(moment).toISOString();
}
