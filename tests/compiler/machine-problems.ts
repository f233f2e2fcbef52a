// What a deployed machine would trip over: a second opinion (asl-validator) and, where that is silent, our own reading.
import validate from 'asl-validator';
import jsonata from 'jsonata';
import type { State, StateMachine } from '#lib/compiler/lower/asl.ts';

/** JSONata and Step Functions functions that machines may call; `$eval` is not among them. */
const FUNCTIONS = new Set(
  'exists max ceil toMillis fromMillis millis merge lookup number parse substringAfter'.split(' '),
);

/** All problems as sentences; an empty list for a machine that AWS would take. */
export function machineProblems(machine: StateMachine): string[] {
  return [...validatorProblems(machine), ...ownProblems(machine)];
}

/** The second opinion; it takes a tenth of a second for each machine. */
export function validatorProblems(machine: StateMachine): string[] {
  const { isValid, errorsText } = validate(structuredClone(machine));
  return isValid ? [] : [`asl-validator: ${errorsText()}`];
}

export function ownProblems(machine: StateMachine): string[] {
  return [
    ...nameProblems(machine),
    ...expressionProblems(machine),
    ...unreachable(machine).map((name) => `${name} cannot be reached`),
    ...endless(machine).map((name) => `${name} leads to no end`),
  ];
}

/** Where a state can go, `undefined` for its end. */
function waysOf(state: State): (string | undefined)[] {
  switch (state.Type) {
    case 'Task':
      return [state.Next, ...(state.Catch ?? []).map((catcher) => catcher.Next)];
    case 'Wait':
      return [state.Next];
    case 'Choice':
      return [...state.Choices.map((rule) => rule.Next), state.Default];
    case 'Succeed':
    case 'Fail':
      return [undefined];
  }
}

function nameProblems(machine: StateMachine): string[] {
  return Object.keys(machine.States).flatMap((name) =>
    name.length > 80 ? [`${name} is longer than 80 characters`] : [],
  );
}

function unreachable(machine: StateMachine): string[] {
  const seen = new Set<string>();
  const open: (string | undefined)[] = [machine.StartAt];
  for (let name = open.pop(); name !== undefined || open.length > 0; name = open.pop()) {
    if (name === undefined || seen.has(name)) continue;
    seen.add(name);
    const state = machine.States[name];
    if (state !== undefined) open.push(...waysOf(state));
  }
  return Object.keys(machine.States).filter((name) => !seen.has(name));
}

function endless(machine: StateMachine): string[] {
  const ends = new Set<string>();
  for (let before = -1; before !== ends.size;) {
    before = ends.size;
    for (const [name, state] of Object.entries(machine.States)) {
      if (waysOf(state).some((next) => next === undefined || ends.has(next))) ends.add(name);
    }
  }
  return Object.keys(machine.States).filter((name) => !ends.has(name));
}

function expressionProblems(machine: StateMachine): string[] {
  const assigned = new Set(['states']);
  collect(machine, (key, value) => {
    if (key === 'Assign' && typeof value === 'object' && value !== null)
      for (const name of Object.keys(value)) assigned.add(name);
  });
  const problems: string[] = [];
  collect(machine, (_, value) => {
    if (typeof value !== 'string' || !value.startsWith('{%')) return;
    const code = value.slice(2, -2);
    if (!value.endsWith('%}')) problems.push(`${value} is no whole expression`);
    try {
      problems.push(
        ...unknownNames(jsonata(code).ast(), assigned).map((name) => `${code}: $${name} is unknown`),
      );
    } catch (error) {
      problems.push(`${code} does not parse: ${JSON.stringify(error)}`);
    }
  });
  return problems;
}

function unknownNames(ast: unknown, assigned: ReadonlySet<string>): string[] {
  const bound = new Set<string>();
  const used: { readonly name: string; readonly called: boolean }[] = [];
  const visit = (node: unknown, called: boolean): void => {
    if (Array.isArray(node)) for (const one of node) visit(one, false);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const { type, value, lhs } = node as { type?: unknown; value?: unknown; lhs?: { value?: unknown } };
    if (type === 'bind') bound.add(String(lhs?.value));
    if (type === 'variable') used.push({ name: String(value), called });
    for (const [key, inner] of Object.entries(node)) visit(inner, key === 'procedure');
  };
  visit(ast, false);
  return used
    .filter(({ name, called }) => (called ? !FUNCTIONS.has(name) : !assigned.has(name) && !bound.has(name)))
    .map(({ name }) => name);
}

function collect(value: unknown, visit: (key: string, value: unknown) => void, key = ''): void {
  visit(key, value);
  if (Array.isArray(value)) for (const one of value) collect(one, visit);
  else if (typeof value === 'object' && value !== null)
    for (const [inner, one] of Object.entries(value)) collect(one, visit, inner);
}
