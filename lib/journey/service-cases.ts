/** `serviceCases` in settings: by which events somebody's trouble begins and ends, because marketing holds back meanwhile. */
import * as z from 'zod';
import { durationSchema } from '#lib/contracts/duration.ts';

const caseEventSchema = z.strictObject({
  event: z.string().min(1).max(100).describe('The event, as the vocabulary has it.'),
  case: z
    .string()
    .regex(/^event\.[^.\s][^.]*(?:\.[^.\s][^.]*)*$/, 'must name a property, such as "event.ticket_id"')
    .optional()
    .meta({
      description: 'Where the event names the case. Without it, a customer has one case at a time.',
      examples: ['event.ticket_id'],
    }),
});

export const serviceCasesSchema = z
  .strictObject({
    opened: caseEventSchema.describe('By which event a case begins.'),
    closed: caseEventSchema.describe('By which event it ends. It names the case as the other one does.'),
    atMost: durationSchema
      .default('14 days')
      .describe('After so long a case counts as closed, whatever happens: nobody is held for ever.'),
  })
  .optional()
  .describe(
    'While a customer has an open case with your service, marketing messages wait. Transactional ones go out.',
  );
export type ServiceCases = NonNullable<z.output<typeof serviceCasesSchema>>;
