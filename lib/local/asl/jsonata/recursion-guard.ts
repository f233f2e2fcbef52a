// Bounds the evaluation of expressions that may not end by themselves. AWS bounds depth and time; here the time is a
// count of evaluated nodes, so that the answer does not depend on the machine.
import type jsonata from 'jsonata';
import { type Node, walk } from './syntax.ts';

/**
 * Nested evaluations. Measured on AWS: a function that adds up recursively works for 30 levels and fails for 40
 * (https://github.com/floci-io/floci/issues/2667), which jsonata nests 95 and 125 deep.
 */
const maximumDepth = 100;
const maximumSteps = 5_000_000;

export interface RecursionGuard {
  reset(): void;
}

/** Installs the bounds where the expression defines a function; without one every evaluation ends. */
export function guardRecursion(expression: jsonata.Expression, root: Node): RecursionGuard | undefined {
  let definesFunction = false;
  walk(root, (node) => {
    definesFunction ||= node.type === 'lambda';
  });
  if (!definesFunction) return undefined;
  let depth = 0;
  let steps = 0;
  const assign = (name: symbol, value: () => void): void => {
    // The published type allows names only; jsonata looks its hooks up by symbol.
    expression.assign(name as unknown as string, value);
  };
  assign(Symbol.for('jsonata.__evaluate_entry'), () => {
    depth += 1;
    steps += 1;
    if (depth > maximumDepth) {
      throw new Error(
        'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.',
      );
    }
    if (steps > maximumSteps) throw new Error('Expression evaluation timeout: Check for infinite loop');
  });
  assign(Symbol.for('jsonata.__evaluate_exit'), () => {
    depth -= 1;
  });
  return {
    reset() {
      depth = 0;
      steps = 0;
    },
  };
}
