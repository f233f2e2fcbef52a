/**
 * Why a condition is true or false: the same tree as the condition, each part with its answer, each leaf with the value that
 * it was asked of. Made only where a decision is told; the truth is that of `isTrue`, which a property test holds.
 */
import type { Condition } from '#lib/journey/conditions/condition.ts';
import type { Deciding } from '../deciding.ts';
import { describeLeaf, type Leaf } from './describe-leaf.ts';
import { isTrue, type Scope } from './evaluate.ts';

/** A part of a condition with its answer. `of` is empty for leaves. */
export interface Explanation {
  readonly kind: Condition['kind'];
  readonly holds: boolean;
  /** Leaves: what was asked. */
  readonly asked?: string;
  /** Leaves: what was found, where that says more than yes and no. */
  readonly found?: string;
  readonly of: readonly Explanation[];
}

/** Characters of a rendered explanation; it travels with the log. */
const LONGEST_BECAUSE = 240;

/** Explains a condition at this instant of this decision; never throws. */
export function explain(
  condition: Condition,
  deciding: Deciding,
  scope: Scope,
  unknown = false,
): Explanation {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const of = condition.of.map((one) => explain(one, deciding, scope, unknown));
      const holds = condition.kind === 'all' ? of.every((one) => one.holds) : of.some((one) => one.holds);
      return { kind: condition.kind, holds, of };
    }
    case 'not': {
      const of = explain(condition.of, deciding, scope, !unknown);
      return { kind: 'not', holds: !of.holds, of: [of] };
    }
    default:
      return explainLeaf(condition, deciding, scope, unknown);
  }
}

function explainLeaf(leaf: Leaf, deciding: Deciding, scope: Scope, unknown: boolean): Explanation {
  const holds = isTrue(leaf, deciding, scope, unknown);
  return { kind: leaf.kind, holds, of: [], ...describeLeaf(leaf, holds, deciding, scope) };
}

/**
 * The parts that decide, as a short text: of what is true all that had to be, of what is false what was missing. "profile.country
 * is DE: no, it is FR; profile.age is at least 18: no, it is not known".
 */
export function explanationText(explanation: Explanation, most: number = LONGEST_BECAUSE): string {
  return shortened(deciders(explanation).map(sentence).join('; '), most);
}

/** For a log entry: why the condition is true or false. Nothing where there is no condition, or nobody reads explanations. */
export function because(
  condition: Condition | undefined,
  deciding: Deciding,
  scope: Scope,
): { readonly because?: string } {
  if (condition === undefined || explainsNothing(deciding)) return {};
  return { because: explanationText(explain(condition, deciding, scope)) };
}

/** Why a branch took its case: why that one is true, or for `otherwise` nothing, then why those before it are not. */
export function becauseOfCases(
  cases: readonly Condition[],
  taken: number,
  deciding: Deciding,
  scope: Scope,
): { readonly because?: string } {
  const asked = [...cases.slice(taken, taken + 1), ...cases.slice(0, taken)];
  if (asked.length === 0 || explainsNothing(deciding)) return {};
  const texts = asked.map((one) => explanationText(explain(one, deciding, scope)));
  return { because: shortened(texts.join('; '), LONGEST_BECAUSE) };
}

function explainsNothing({ workspace }: Deciding): boolean {
  return workspace.settings.explains === 'nothing';
}

/** The leaves that decide: one true part is enough for `any`, one false part for `all`. */
function deciders(explanation: Explanation): readonly Explanation[] {
  const { kind, holds, of } = explanation;
  if (kind === 'not') return of.flatMap((one) => deciders(one));
  if (kind !== 'all' && kind !== 'any') return [explanation];
  const decided = of.filter((one) => one.holds === holds);
  const enough = (kind === 'any') === holds ? decided.slice(0, 1) : decided;
  return enough.flatMap((one) => deciders(one));
}

function sentence({ asked, found, holds }: Explanation): string {
  return `${asked ?? ''}: ${holds ? 'yes' : 'no'}${found === undefined ? '' : `, ${found}`}`;
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
