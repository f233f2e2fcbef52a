/** From the ids that an execution carries to what is to be asked. */
import type { AudienceInput } from '#lib/contracts/audience.ts';
import { Fault } from '#lib/contracts/faults.ts';
import type { BusinessEvents } from '../ports.ts';
import type { Question } from './ask-customer.ts';

/** Throws the fault `UnknownEvent` where the event is not kept any more: it was asked too long ago. */
export async function questionOf(input: AudienceInput, events: BusinessEvents): Promise<Question> {
  switch (input.kind) {
    case 'schedule':
      return input;
    case 'catch up':
      return { kind: 'catch up' };
    case 'event': {
      const event = await events.find(input.id);
      if (event !== undefined) return { kind: 'event', event };
      throw new Fault('UnknownEvent', 'the event that everybody was to be told of is not kept any more');
    }
  }
}
