// How entry, goal, exits and waits say which event they mean.
import * as z from 'zod';

/** Marks a place where a condition stands, for the schemas that editors read (editor-schema.ts). */
export const WRITTEN_CONDITION = 'wendCondition';

/**
 * A condition in a journey. Its text is kept as written: `parseCondition` reads it, and tells mistakes better than a schema
 * could.
 */
export const writtenCondition = z.unknown().meta({ [WRITTEN_CONDITION]: true });

export const eventNameSchema = z
  .string()
  .min(1)
  .meta({
    description: "An event of the settings' vocabulary, or a built-in one.",
    examples: ['Order Completed'],
  });

export const whereSchema = writtenCondition.describe(
  'What must be true of the event (event.<property>) and of the customer when it happens.',
);

export const anyKeySchema = z
  .boolean()
  .describe(
    'true: the event counts whatever its key is. Without it, "where" has to compare the journey\'s key.',
  );
