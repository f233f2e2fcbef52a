/** Variables of the function `ingest-events`. */
import * as z from 'zod';
import { VARIABLES } from '#lib/contracts/function-environment.ts';

export const environmentSchema = z.object({
  DEPLOYMENT: VARIABLES.DEPLOYMENT,
  TABLE_NAME: VARIABLES.TABLE_NAME,
  CUSTOMER_SECRET_ARN: VARIABLES.CUSTOMER_SECRET_ARN,
  EVENTS_DEAD_LETTERS_URL: VARIABLES.EVENTS_DEAD_LETTERS_URL,
  AUDIENCE_MACHINE_ARN: VARIABLES.AUDIENCE_MACHINE_ARN,
});
