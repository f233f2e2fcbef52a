/**
 * What every kind of expectation says about itself: its fields, the names it mentions, how it reads in words, and in what a
 * thing that happened differs from it. A new kind is one file that exports one, and one line in expectation-kinds.ts.
 */
import * as z from 'zod';
import type { LogKind } from '#lib/contracts/log-entry.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { Actual } from '../actual.ts';
import type { Reference } from '../reference.ts';

/** Fields as written; `at`, `customer` and `journey` are dealt with by whoever matches. */
type WrittenFields = Readonly<Record<string, unknown>>;

/** Reads a moment that an expectation names beside its own. */
export type ReadMoment = (text: string) => Instant;

export interface ExpectationKind {
  /** The field that tells the kind; also the kind of log entry that it is about. */
  readonly verb: LogKind;
  readonly fields: z.ZodRawShape;
  references(expectation: WrittenFields): readonly Reference[];
  /** "sends cart-reminder by email" */
  words(expectation: WrittenFields): string;
  /** What is otherwise, in words; nothing where it is what was expected. */
  differences(expectation: WrittenFields, actual: Actual, moment: ReadMoment): readonly string[];
}

/** A kind with its own fields read by their schema. */
export function expectationKind<S extends z.ZodRawShape>(
  verb: LogKind & keyof S,
  fields: S,
  does: {
    references?(expectation: z.infer<z.ZodObject<S>>): readonly Reference[];
    words(expectation: z.infer<z.ZodObject<S>>): string;
    differences(
      expectation: z.infer<z.ZodObject<S>>,
      actual: Actual,
      moment: ReadMoment,
    ): readonly (string | false)[];
  },
): ExpectationKind {
  const schema = z.object(fields);
  return {
    verb,
    fields,
    references: (expectation) => does.references?.(schema.parse(expectation)) ?? [],
    words: (expectation) => does.words(schema.parse(expectation)),
    differences: (expectation, actual, moment) =>
      does
        .differences(schema.parse(expectation), actual, moment)
        .filter((difference) => difference !== false),
  };
}

/** The difference of one field, where there is one; a field that is not written is not asked for. */
export function differs(
  name: string,
  expected: string | undefined,
  actual: string | undefined,
): string | false {
  return expected !== undefined && expected !== actual && `${name} ${actual ?? 'none'} and not ${expected}`;
}
