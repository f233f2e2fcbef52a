/** `message.json`: what a message says about itself, beside the content of its channels. */
import * as z from 'zod';

const subject = z
  .string()
  .min(1)
  .describe(
    'Subject line of the e-mail. Liquid, such as "{{ profile.firstName }}, your order is on its way"; one line',
  );
const preheader = z
  .string()
  .min(1)
  .describe('The line that inboxes show after the subject. Liquid; about 40 to 100 characters');

/** A customer, an event and what steps have saved: what one text is rendered with. */
const sampleSchema = z.strictObject({
  profile: z.record(z.string(), z.unknown()).default({}).describe('Traits of an example customer'),
  entry: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('Properties of an example event that let the run in'),
  saved: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .default({})
    .describe('What earlier steps of an example run have kept by "saveAs", by name'),
});

export const messageFileSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where an editor finds the description of this file'),
    name: z.string().min(1).describe('What people call this message'),
    note: z.string().optional().describe('Anything the next editor should know'),
    subject: subject.optional(),
    preheader: preheader.optional(),
    sender: z
      .string()
      .min(1)
      .optional()
      .describe("A sender named in settings; absent: the channel's default"),
    sample: sampleSchema
      .prefault({})
      .describe('Example data: every check renders the message with it, in every locale'),
    samples: z
      .record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'a name such as "new-customer"'), sampleSchema)
      .default({})
      .describe('More example data by name, each rendered by every check; shown by wend preview --as <name>'),
    locales: z
      .record(
        z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'a locale such as "de" or "pt-BR"'),
        z.strictObject({ subject: subject.optional(), preheader: preheader.optional() }),
      )
      .default({})
      .describe(
        'Other languages, each with its own subject and preheader; their content is in files such as email.de.mjml',
      ),
  })
  .describe('A message: subject, preheader, sample data and the languages it is written in');
export type MessageFile = z.infer<typeof messageFileSchema>;
