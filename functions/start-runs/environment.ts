/** Variables of the function that starts the runs that were put off. */
import * as z from 'zod';
import { VARIABLES } from '#lib/contracts/function-environment.ts';

export const environmentSchema = z.object({
  DEPLOYMENT: VARIABLES.DEPLOYMENT,
  TABLE_NAME: VARIABLES.TABLE_NAME,
  MACHINE_ARN_PREFIX: VARIABLES.MACHINE_ARN_PREFIX,
  STARTS_DEAD_LETTERS_URL: VARIABLES.STARTS_DEAD_LETTERS_URL,
  STARTS_PER_SECOND: VARIABLES.STARTS_PER_SECOND,
});
