// What the steps that call something outside have in common: a function or an endpoint.
import * as z from 'zod';
import { saveAsSchema } from './step-kind.ts';

export const outsideFields = {
  saveAs: saveAsSchema
    .optional()
    .describe(
      'A name for the answer, a JSON object. Later conditions, messages and values find it under saved.<name>.<property>.',
    ),
  onFailure: z
    .enum(['continue', 'exit'])
    .optional()
    .describe(
      'What happens where there is no usable answer, after some minutes of trying: go on without it (default), or leave the ' +
        'journey.',
    ),
};

/** The fields as the state machine passes them on, with the default filled in. */
export function outsideSettings(step: {
  readonly saveAs?: string | undefined;
  readonly onFailure?: 'continue' | 'exit' | undefined;
}): { saveAs?: string; onFailure: 'continue' | 'exit' } {
  return {
    ...(step.saveAs === undefined ? {} : { saveAs: step.saveAs }),
    onFailure: step.onFailure ?? 'continue',
  };
}
