// What can become of a message that a provider has taken, whatever the channel.
import * as z from 'zod';

export const happeningSchema = z.discriminatedUnion('what', [
  /** It has left the provider. */
  z.strictObject({ what: z.literal('sent') }),
  z.strictObject({ what: z.literal('delivered') }),
  /** The provider goes on trying. */
  z.strictObject({ what: z.literal('delayed') }),
  z.strictObject({
    what: z.literal('bounced'),
    type: z.enum(['permanent', 'transient']),
    /** Other causes than that the mailbox or number is not there, or not now. */
    cause: z.enum(['suppression list', 'automatic answer', 'global suppression list']).optional(),
  }),
  z.strictObject({ what: z.literal('complained'), isSuppressed: z.boolean().optional() }),
  /** Taken, and then not sent: its content is harmful. */
  z.strictObject({ what: z.literal('rejected') }),
  z.strictObject({ what: z.literal('opened'), byMachine: z.boolean().optional() }),
  z.strictObject({ what: z.literal('clicked'), link: z.string(), byMachine: z.boolean().optional() }),
  z.strictObject({ what: z.literal('unsubscribed') }),
  z.strictObject({ what: z.literal('replied'), text: z.string() }),
]);
export type Happening = z.infer<typeof happeningSchema>;

/** What the outbox says of it beside its name. */
export function detailOf(happening: Happening): string | undefined {
  switch (happening.what) {
    case 'bounced':
      return happening.cause === undefined ? happening.type : `${happening.type}: ${happening.cause}`;
    case 'complained':
      return happening.isSuppressed === true ? 'suppression list' : undefined;
    case 'opened':
      return happening.byMachine === true ? 'by a machine' : undefined;
    case 'clicked':
      return happening.byMachine === true ? `${happening.link} (by a machine)` : happening.link;
    case 'replied':
      return happening.text;
    case 'sent':
    case 'delivered':
    case 'delayed':
    case 'rejected':
    case 'unsubscribed':
      return undefined;
  }
}
