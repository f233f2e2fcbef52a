// The customer gives consent.
import { consentEvents, consentSchema } from '../consent-schema.ts';
import { topicReferences } from '../reference.ts';
import { happenedField, timelineKind } from './timeline-kind.ts';

export const consentKind = timelineKind(
  'consent',
  {
    consent: consentSchema.describe('What the customer allows from now on.'),
    happened: happenedField,
  },
  {
    references: ({ consent }) => topicReferences(consent, 'consent'),
    play: async ({ consent, happened }, stage) => {
      for (const said of consentEvents(consent, true)) await stage.say(said, happened);
    },
  },
);
