/**
 * What every kind of step has in common, and what a kind must say about itself: its schema, the lists of steps inside it,
 * and the node it becomes in the graph. A new kind is one file that exports a `StepKind`, and one line in step.ts.
 */
import * as z from 'zod';
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import type { JsonPath } from '../conditions/condition.ts';
import type { FlowNode } from '../flow.ts';
import type { SendStep } from './send.ts';
import type { Step, Steps } from './step.ts';

/** Ids name states, sends and figures: they have no spaces or parentheses, which names made by the compiler have. */
const stepIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, {
    error: 'must be lower-case letters, digits and hyphens, at most 60 of them, such as "first-reminder"',
  })
  .meta({
    description: 'Names this step in states, sends and figures. Keep it when you edit the step.',
    examples: ['first-reminder'],
  });

/** A name that people read: of a journey, a case, an arm. */
export const nameSchema = z.string().min(1).max(80);

/** The name under which a step keeps what it has learnt, for conditions, messages and values: `saved.<name>.<property>`. */
export const saveAsSchema = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_]{0,39}$/, 'must be a word of letters and digits, such as "score"')
  .meta({
    description:
      'A name for what is learnt here. Later conditions, messages and values find it under saved.<name>.<property>.',
    examples: ['score'],
  });

/** Why a run ended, as it is counted in reports. */
export const reasonSchema = z
  .string()
  .min(1)
  .max(80)
  .meta({
    description: 'Why the customer leaves, as it is counted in reports.',
    examples: ['not delivered'],
  });

const about = {
  name: nameSchema.optional().describe('What people call this step.'),
  note: z.string().optional().describe('Anything the next editor should know.'),
};

/** Fields of every step that has to have an id. */
export const namedStep = { id: stepIdSchema, ...about };
/** Fields of `goto` and `exit`, which may do without an id. */
export const unnamedStep = { id: stepIdSchema.optional(), ...about };

/** A list of steps inside a step. */
export interface Arm {
  /** Names the arm in reports and in the ids of steps without one: the case, the event, "otherwise". */
  readonly name: string;
  /** From the step to the list. */
  readonly path: JsonPath;
  readonly steps: Steps;
}

/** What a step is told about its surroundings when it becomes a node. */
interface Surroundings {
  readonly journey: string;
  /** The node after this step; null at the end of the journey. */
  readonly follow: string | null;
  /** The first node of each of the step's arms (as `arms` lists them); where an arm is empty, `follow`. */
  readonly armStarts: readonly (string | null)[];
  /** True where the step with this id is written before this step, or is one that contains it. */
  isBefore(id: string): boolean;
  /** A send with all defaults of journey and settings filled in. */
  resolveSend(step: SendStep): SendSettings;
  /** A condition as written, with the topic filled in where it names none. */
  resolveCondition(condition: unknown): unknown;
}

/** Methods and not function properties, so that a list can hold the kinds of all steps. */
export interface StepKind<S extends Step = Step> {
  readonly type: S['type'];
  arms(step: S): readonly Arm[];
  node(step: S, around: Surroundings): FlowNode;
}
