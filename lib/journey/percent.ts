// Shares as marketers write them: "5%", "12.5%".
import * as z from 'zod';

const FORM = /^(?:100(?:\.0{1,2})?|\d{1,2}(?:\.\d{1,2})?)%$/;

/** "0%" to "100%" with at most two decimals. */
export const percentSchema = z
  .string()
  .regex(FORM, 'must be a percentage from "0%" to "100%" with at most two decimals, such as "12.5%"')
  .meta({ description: 'A percentage.', examples: ['50%', '12.5%'] });

/** The number before the sign: 12.5 for "12.5%". */
export function percentOf(text: string): number {
  return Number(text.slice(0, -1));
}
