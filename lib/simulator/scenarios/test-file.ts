/**
 * `tests/<name>.json`: scenarios of one journey, as marketers write them. What an entry of a timeline or an expectation may
 * hold comes from the registries of their kinds; exactly one verb tells which kind it is.
 */
import * as z from 'zod';
import { answerSchema } from './answers.ts';
import { consentSchema } from './consent-schema.ts';
import { EXPECTATION_KINDS } from './expect/expectation-kinds.ts';
import { momentSchema } from './moment.ts';
import { TIMELINE_KINDS } from './timeline/timeline-kinds.ts';

const journeyId = z
  .string()
  .min(1)
  .meta({ examples: ['cart-recovery'] });

const customerSchema = z
  .strictObject({
    id: z
      .string()
      .min(1)
      .meta({
        description: 'Any name for the customer; the draw of splits and of the holdout depends on it.',
        examples: ['anna'],
      }),
    traits: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('What has been known of the customer for a year when the scenario starts.'),
    consent: consentSchema
      .optional()
      .describe('What the customer has allowed for a year when the scenario starts.'),
  })
  .describe(
    'A customer. One without traits and consent is new: nobody has heard of them before their first entry in the timeline.',
  );

const who = z
  .string()
  .min(1)
  .optional()
  .describe('The id of the customer; may be left out where the scenario has only one.');

interface Kind {
  readonly verb: string;
  readonly fields: z.ZodRawShape;
}

/** An entry as written: common fields, and those of its kind. */
interface Written {
  readonly at?: string | undefined;
  readonly customer?: string | undefined;
  readonly journey?: string | undefined;
  readonly [field: string]: unknown;
}

const timelineEntrySchema: z.ZodType<Written & { at: string }> = z
  .strictObject({
    at: momentSchema,
    customer: who,
    ...optionalFields(TIMELINE_KINDS),
  })
  .superRefine((entry, context) => demandKind(entry, TIMELINE_KINDS, ['at'], context))
  .describe('Something that happens; with "at" alone, nothing but time passes.');
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

const expectationSchema: z.ZodType<Written> = z
  .strictObject({
    at: momentSchema
      .optional()
      .describe(
        'When it must happen, to the millisecond; without it at any time, but not before the expectations above it.',
      ),
    customer: who,
    ...optionalFields(EXPECTATION_KINDS),
    journey: journeyId
      .optional()
      .describe('The journey that does it, where several take part; the tested one when not given.'),
  })
  .superRefine((entry, context) => demandKind(entry, EXPECTATION_KINDS, [], context))
  .describe('Something that must happen.');
export type Expectation = z.infer<typeof expectationSchema>;

/** An offset would have nothing to count from. */
const startSchema = momentSchema
  .refine((text) => /^\d{4}/.test(text), {
    error: 'the start is a date and time, such as "2026-03-27T10:00:00Z" or "2026-03-27 11:00 Europe/Berlin"',
  })
  .meta({
    description: 'The moment from which the timeline counts; from then on the journey lets customers in.',
    examples: ['2026-03-27T10:00:00Z', '2026-03-27 11:00 Europe/Berlin'],
  });

const scenarioSchema = z.strictObject({
  name: z
    .string()
    .min(1)
    .meta({
      description: 'What must be so, as a sentence.',
      examples: ['an order after the first reminder ends it'],
    }),
  note: z.string().optional().describe('Anything the next editor should know.'),
  start: startSchema,
  with: z
    .array(journeyId)
    .optional()
    .describe(
      'Other journeys that take part, where they matter: for caps, priority, or one that starts another.',
    ),
  customers: z.array(customerSchema).min(1).describe('Who takes part.'),
  answers: z
    .array(answerSchema)
    .optional()
    .describe('What functions and endpoints answer; an empty object where nothing is given.'),
  timeline: z
    .array(timelineEntrySchema)
    .default([])
    .describe(
      'What happens, in any order. What lies before the start is the past: known to conditions, but nobody enters by it.',
    ),
  expect: z.array(expectationSchema).default([]).describe('What must happen.'),
  nothingElse: z.boolean().optional().describe('true: any other message or exit fails the scenario.'),
});
export type Scenario = z.infer<typeof scenarioSchema>;

export const testFileSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where an editor finds the description of this file.'),
    journey: journeyId.describe('The journey that is tested.'),
    scenarios: z.array(scenarioSchema).min(1).describe('What must happen, case by case.'),
  })
  .meta({
    title: 'Tests of a journey',
    description: 'Scenarios of one journey: who is there, what happens, and what must come of it.',
  });

/** The kind that an entry is written as; undefined for time alone. */
export function kindOf<K extends Kind>(entry: Written, kinds: readonly K[]): K | undefined {
  return kinds.find(({ verb }) => entry[verb] !== undefined);
}

/** The fields of all kinds, none of them required: `demandKind` says which go together. */
function optionalFields(kinds: readonly Kind[]): Record<string, z.ZodType> {
  const all = kinds.flatMap(({ fields }) => Object.entries(fields));
  return Object.fromEntries(
    all.map(([name, field]) => [name, field instanceof z.ZodType ? field.optional() : z.unknown()]),
  );
}

/** Exactly one verb, and only fields that go with it. */
function demandKind(
  entry: Written,
  kinds: readonly Kind[],
  enough: readonly string[],
  context: z.RefinementCtx,
): void {
  const written = kinds.filter(({ verb }) => entry[verb] !== undefined);
  const [kind, second] = written;
  const names = kinds.map(({ verb }) => `"${verb}"`).join(', ');
  if (kind === undefined) {
    const alone = Object.keys(entry).every((name) => enough.includes(name));
    if (enough.length > 0 && alone) return;
    context.addIssue({ code: 'custom', message: `it says nothing that happens: write one of ${names}` });
  } else if (second !== undefined) {
    const message = `"${kind.verb}" and "${second.verb}" are two things: write an entry for each`;
    context.addIssue({ code: 'custom', message, path: [second.verb] });
  } else {
    const own = Object.keys(kind.fields);
    for (const name of Object.keys(entry)) {
      const belongs = own.includes(name) || COMMON.includes(name);
      if (belongs) continue;
      const message = `"${name}" does not go with "${kind.verb}"`;
      context.addIssue({ code: 'custom', message, path: [name] });
    }
  }
}

const COMMON: readonly string[] = ['at', 'customer', 'journey'];
