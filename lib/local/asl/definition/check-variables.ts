// A branch or an item processor reads the variables of the states around it and cannot assign them.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html (variable scope)
import type { Problem } from '../failure.ts';
import type { Effects, Graph, State } from '../machine.ts';
import { escape } from './fields.ts';

/** Reports every Assign inside a Parallel or a Map to a name that a graph around it assigns. */
export function checkVariables(
  graph: Graph,
  path: string,
  problems: Problem[],
  outer: ReadonlySet<string> = new Set(),
): void {
  const visible = new Set(outer);
  for (const [name, state] of graph.states) {
    const place = `${path}/States/${escape(name)}`;
    for (const variable of assigned(state)) {
      visible.add(variable);
      if (!outer.has(variable)) continue;
      const message = `The variable ${variable} belongs to the states around; it can be read here, not assigned.`;
      problems.push({ path: place, message });
    }
  }
  for (const [name, state] of graph.states) {
    const place = `${path}/States/${escape(name)}`;
    // Executions of their own know nothing of the variables around.
    if (state.type === 'Map')
      checkVariables(
        state.processor,
        `${place}/ItemProcessor`,
        problems,
        state.distributed === undefined ? visible : new Set(),
      );
    if (state.type !== 'Parallel') continue;
    state.branches.forEach((branch, index) =>
      checkVariables(branch, `${place}/Branches/${index}`, problems, visible),
    );
  }
}

function assigned(state: State): Set<string> {
  const effects: Effects[] = [];
  if ('assign' in state) effects.push(state);
  if ('choices' in state) effects.push(...state.choices);
  if ('catch' in state) effects.push(...state.catch);
  return new Set(effects.flatMap(({ assign }) => assign.map(([name]) => name)));
}
