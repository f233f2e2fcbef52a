/** Variables of the function `call-endpoint`. */
import * as z from 'zod';
import { VARIABLES } from '#lib/contracts/function-environment.ts';

export const environmentSchema = z.object({
  DEPLOYMENT: VARIABLES.DEPLOYMENT,
  TABLE_NAME: VARIABLES.TABLE_NAME,
});
