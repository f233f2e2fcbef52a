// The step that decides by what is true of the customer now.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import * as z from 'zod';
import { writtenCondition } from '../event-match.ts';
import { namedStep, nameSchema, type Arm, type StepKind } from './step-kind.ts';
import type { Steps } from './step.ts';

export const branchStep = (steps: z.ZodType<Steps>) =>
  z
    .strictObject({
      ...namedStep,
      type: z.literal('branch').describe('Which kind of step this is.'),
      cases: z
        .array(
          z.strictObject({
            name: nameSchema.describe('Names this case in reports.'),
            when: writtenCondition.describe('What must be true now.'),
            then: steps.describe('What happens in this case; the steps after the branch follow.'),
          }),
        )
        .min(1)
        .describe('The first case that is true is taken.'),
      otherwise: steps
        .optional()
        .describe('What happens where no case is true; without it, the steps after this one.'),
    })
    .meta({
      id: 'branch',
      description: 'Decide by what is true now.',
      examples: [
        {
          id: 'which-tier',
          type: 'branch',
          cases: [
            {
              name: 'gold or silver',
              when: { 'profile.loyaltyTier': ['gold', 'silver'] },
              then: [{ id: 'thanks', type: 'send', message: 'best-sellers', channel: 'email' }],
            },
          ],
          otherwise: [{ type: 'exit', reason: 'no member' }],
        },
      ],
    });
export type BranchStep = z.infer<ReturnType<typeof branchStep>>;

export const branchKind: StepKind<BranchStep> = {
  type: 'branch',
  arms: (step) => [
    ...step.cases.map(({ name, then }, index): Arm => ({
      name,
      path: ['cases', index, 'then'],
      steps: then,
    })),
    { name: 'otherwise', path: ['otherwise'], steps: step.otherwise ?? [] },
  ],
  node: (step, around) => ({
    kind: 'branch',
    cases: step.cases.map(({ name, when }, index) => ({
      name,
      when: around.resolveCondition(when),
      next: around.armStarts[index] ?? null,
    })),
    otherwise: around.armStarts[step.cases.length] ?? null,
  }),
};
