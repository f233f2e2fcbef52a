// The bounds AWS puts on the evaluation of an expression: how deep it nests, how large a value gets, how long it takes.
// The time is a count of evaluated nodes here, so that the answer does not depend on the machine.
import type jsonata from 'jsonata';
import { type Node, walk } from './syntax.ts';

/** Nested evaluations; AWS accepts 100 and refuses 101 (measured, https://github.com/floci-io/floci/pull/2783). */
const maximumDepth = 100;
/** Elements of one sequence; AWS accepts `[1..873782]` and refuses one more (same source). */
const maximumElements = 873_782;
const maximumCharacters = maximumElements * 8;
const maximumSteps = 1_000_000;

export interface Bounds {
  /** To be called before each evaluation. */
  reset(): void;
}

/** Installs the bounds where the expression could pass one: it defines functions, counts a range, or is deeply nested. */
export function installBounds(expression: jsonata.Expression, root: Node): Bounds | undefined {
  if (!isRisky(root)) return undefined;
  let depth = 0;
  let steps = 0;
  const hook = (name: string, callback: (...args: unknown[]) => void): void => {
    // The published type allows names only; jsonata looks its hooks up by symbol.
    expression.assign(Symbol.for(name) as unknown as string, callback);
  };
  hook('jsonata.__evaluate_entry', () => {
    depth += 1;
    steps += 1;
    if (depth > maximumDepth) {
      throw new Error(
        'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.',
      );
    }
    if (steps > maximumSteps) throw new Error('Expression evaluation timeout: Check for infinite loop');
  });
  hook('jsonata.__evaluate_exit', (_node, _input, _environment, result) => {
    depth -= 1;
    const isLarge =
      (Array.isArray(result) && result.length > maximumElements) ||
      (typeof result === 'string' && result.length > maximumCharacters);
    if (isLarge)
      throw new Error('Expression evaluation memory limit exceeded: Check for excessive memory usage');
  });
  return {
    reset() {
      depth = 0;
      steps = 0;
    },
  };
}

function isRisky(root: Node): boolean {
  let nodes = 0;
  let risky = false;
  walk(root, (node) => {
    nodes += 1;
    risky ||= node.type === 'lambda' || (node.type === 'binary' && node.value === '..');
  });
  // Evaluation nests no deeper than there are nodes, where nothing repeats.
  return risky || nodes > maximumDepth;
}
