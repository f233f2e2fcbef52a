// The customer takes consent back.
import { consentEvents, consentSchema } from '../consent-schema.ts';
import { topicReferences } from '../reference.ts';
import { happenedField, timelineKind } from './timeline-kind.ts';

export const withdrawKind = timelineKind(
  'withdraw',
  {
    withdraw: consentSchema.describe('What the customer no longer allows.'),
    happened: happenedField,
  },
  {
    references: ({ withdraw }) => topicReferences(withdraw, 'withdraw'),
    play: async ({ withdraw, happened }, stage) => {
      for (const said of consentEvents(withdraw, false)) await stage.say(said, happened);
    },
  },
);
