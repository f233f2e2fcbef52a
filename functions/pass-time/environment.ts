/** Variables of the function that looks at customers. */
import * as z from 'zod';
import { VARIABLES } from '#lib/contracts/function-environment.ts';

export const environmentSchema = z.object({
  DEPLOYMENT: VARIABLES.DEPLOYMENT,
  TABLE_NAME: VARIABLES.TABLE_NAME,
  BUS_NAME: VARIABLES.BUS_NAME,
  MACHINE_ARN_PREFIX: VARIABLES.MACHINE_ARN_PREFIX,
  LOOKS_DEAD_LETTERS_URL: VARIABLES.LOOKS_DEAD_LETTERS_URL,
});
