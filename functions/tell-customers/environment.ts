import * as z from 'zod';
import { VARIABLES } from '#lib/contracts/function-environment.ts';

export const environmentSchema = z.object({
  DEPLOYMENT: VARIABLES.DEPLOYMENT,
  TABLE_NAME: VARIABLES.TABLE_NAME,
  LOOKS_QUEUE_URL: VARIABLES.LOOKS_QUEUE_URL,
  STARTS_PER_SECOND: VARIABLES.STARTS_PER_SECOND,
  ASKS_PER_SECOND: VARIABLES.ASKS_PER_SECOND,
});
