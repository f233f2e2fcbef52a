/** What functions and endpoints answer in a scenario: each as it is written there, else an empty object. */
import * as z from 'zod';
import type { CallAnswer, OutsideCall } from '#lib/engine/ports.ts';

const name = z.string().min(1);

/** One answer. Of several for one function or endpoint the first call gets the first, and the last one serves for all the rest. */
export const answerSchema = z
  .strictObject({
    function: name.optional().describe('A function of the settings, which this is the answer of.'),
    endpoint: name.optional().describe('An endpoint of the settings, which this is the answer of.'),
    returns: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('What it answers; an empty object where nothing is given.'),
    fails: z
      .enum(['refuses', 'try later'])
      .optional()
      .describe('It gives no answer: it refuses for good, or asks to try again later.'),
  })
  .superRefine((answer, context) => {
    if ((answer.function === undefined) === (answer.endpoint === undefined))
      context.addIssue({
        code: 'custom',
        message: 'an answer is that of one "function" or of one "endpoint"',
      });
    if (answer.returns !== undefined && answer.fails !== undefined)
      context.addIssue({
        code: 'custom',
        message: 'it either "returns" something or "fails"',
        path: ['fails'],
      });
  })
  .describe('What a function or endpoint answers.');
export type WrittenAnswer = z.infer<typeof answerSchema>;

/** Answers calls in their order. */
export class ScriptedAnswers {
  readonly #answers: readonly WrittenAnswer[];
  /** Calls so far of each function and endpoint. */
  readonly #calls = new Map<string, number>();

  constructor(answers: readonly WrittenAnswer[] = []) {
    this.#answers = answers;
  }

  answer({ kind, name: called }: OutsideCall): CallAnswer {
    const own = this.#answers.filter((answer) => answer[kind] === called);
    const before = this.#calls.get(`${kind} ${called}`) ?? 0;
    this.#calls.set(`${kind} ${called}`, before + 1);
    const answer = own[Math.min(before, own.length - 1)];
    if (answer?.fails === 'refuses') return { kind: 'refused', reason: 'refused' };
    if (answer?.fails === 'try later') return { kind: 'try later', reason: 'not available' };
    return { kind: 'answered', value: answer?.returns ?? {} };
  }
}
