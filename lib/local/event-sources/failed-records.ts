/** Which records of a batch a function says have failed. */
import * as z from 'zod';

const answerSchema = z
  .object({
    batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
  })
  .nullable();

/**
 * `'all'`: the answer names a record that was not in the batch, or is not of the form: Lambda then takes the whole batch for failed.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 * @param payload JSON that the function has answered.
 * @param identifiers of the records of the batch.
 */
export function failedRecords(
  payload: string,
  identifiers: ReadonlySet<string>,
): ReadonlySet<string> | 'all' {
  const parsed = answerSchema.safeParse(JSON.parse(payload));
  // An answer without the member, a text for instance, is one of a function that reports nothing.
  if (!parsed.success) return 'all';
  const failed = new Set(parsed.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier));
  return [...failed].every((one) => identifiers.has(one)) ? failed : 'all';
}
