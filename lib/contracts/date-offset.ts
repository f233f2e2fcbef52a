// How far before or after a date something is, as a marketer writes it: "3 days before", "2 hours after".
import * as z from 'zod';
import { negateDuration, parseDuration, type Duration } from './duration.ts';

const DIRECTED = /^(.+) (before|after)$/;

/**
 * Reads an offset: a duration with "before" or "after" ("3 days before", "P1M after"), or a duration alone, which is after,
 * or before where it begins with a minus ("-P3D").
 * @returns the duration, negative for "before", or the problem in words that can be shown to whoever wrote the text.
 */
export function parseDateOffset(text: string): Duration | { problem: string } {
  const [, length, direction] = DIRECTED.exec(text) ?? [];
  const parsed = length === undefined ? parseDuration(text, { allowNegative: true }) : parseDuration(length);
  if ('problem' in parsed) return { problem: problemOf(text, parsed.problem) };
  return direction === 'before' ? negateDuration(parsed) : parsed;
}

function problemOf(text: string, problem: string): string {
  return problem.includes('is not a duration')
    ? `"${text}" is not an offset: write a duration and "before" or "after", such as "3 days before"`
    : problem;
}

/** An offset as it stands in a journey: text that `parseDateOffset` accepts. It stays text. */
export const dateOffsetSchema = z
  .string()
  .superRefine((text, context) => {
    const parsed = parseDateOffset(text);
    if ('problem' in parsed) context.addIssue({ code: 'custom', message: parsed.problem });
  })
  .meta({
    description:
      'How far before or after the date: "3 days before", "2 hours after". Days and more are counted on the calendar, in local time; ' +
      'months are clamped to the end of the month.',
    examples: ['3 days before', '1 month before', '2 hours after'],
  });
