/** Variables of the function `send-message`. */
import * as z from 'zod';
import { VARIABLES } from '#lib/contracts/function-environment.ts';

export const environmentSchema = z.object({
  DEPLOYMENT: VARIABLES.DEPLOYMENT,
  TABLE_NAME: VARIABLES.TABLE_NAME,
  CUSTOMER_SECRET_ARN: VARIABLES.CUSTOMER_SECRET_ARN,
  CONFIGURATION_SET: VARIABLES.CONFIGURATION_SET,
  PAGES_URL: VARIABLES.PAGES_URL,
});
