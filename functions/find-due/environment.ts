/** Variables of the function that sees every minute to what time asks for. */
import * as z from 'zod';
import { VARIABLES } from '#lib/contracts/function-environment.ts';

export const environmentSchema = z.object({
  DEPLOYMENT: VARIABLES.DEPLOYMENT,
  TABLE_NAME: VARIABLES.TABLE_NAME,
  LOOKS_QUEUE_URL: VARIABLES.LOOKS_QUEUE_URL,
  AUDIENCE_MACHINE_ARN: VARIABLES.AUDIENCE_MACHINE_ARN,
});
