/** Variables of the function that tells documents how executions have ended. */
import * as z from 'zod';
import { VARIABLES } from '#lib/contracts/function-environment.ts';

export const environmentSchema = z.object({
  DEPLOYMENT: VARIABLES.DEPLOYMENT,
  TABLE_NAME: VARIABLES.TABLE_NAME,
  ENDINGS_DEAD_LETTERS_URL: VARIABLES.ENDINGS_DEAD_LETTERS_URL,
});
