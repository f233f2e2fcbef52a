// States that point at each other: names, targets, reachability, an end.
import { limits } from '../limits.ts';
import type { Graph, State } from '../machine.ts';
import { escape, Fields } from './fields.ts';
import { parseState, type Scope } from './parse-state.ts';

/** Reads StartAt and States of the machine, a branch or an item processor; the caller finishes the fields. */
export function parseGraph(fields: Fields, scope: Scope): Graph | undefined {
  const startAt = fields.requiredText('StartAt');
  const list = fields.object('States');
  if (list === undefined) {
    if (!fields.has('States')) fields.problem('States is missing.');
    return undefined;
  }
  const states = new Map<string, State>();
  for (const name of list.names()) {
    const path = `${list.path}/${escape(name)}`;
    checkName(name, path, list, scope);
    const state = Fields.of(list.value(name), path, list.problems);
    const parsed = state === undefined ? undefined : parseState(name, state, scope);
    if (parsed !== undefined) states.set(name, parsed);
  }
  if (list.names().length === 0) list.problem('At least one state is needed.');
  else checkTargets({ startAt, states }, new Set(list.names()), list, fields);
  return { startAt, states };
}

function checkName(name: string, path: string, list: Fields, scope: Scope): void {
  if (name === '' || name.length > limits.nameCharacters) {
    list.problem(`A state name has 1 to ${limits.nameCharacters} characters.`, name);
  }
  const other = scope.names.get(name);
  if (other === undefined) scope.names.set(name, path);
  else list.problem(`The state name '${name}' is used twice, first at ${other}.`, name);
}

function checkTargets(graph: Graph, names: ReadonlySet<string>, list: Fields, owner: Fields): void {
  if (graph.startAt !== '' && !names.has(graph.startAt)) {
    owner.problem(`There is no state '${graph.startAt}' here.`, 'StartAt');
  }
  const reached = new Set<string>();
  const ahead = [graph.startAt];
  let ends = false;
  for (const [name, state] of graph.states) {
    ends ||= isTerminal(state);
    for (const target of targets(state)) {
      if (!names.has(target)) list.problem(`There is no state '${target}' to go to here.`, name);
    }
  }
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    const state = graph.states.get(name);
    if (state === undefined || reached.has(name)) continue;
    reached.add(name);
    ahead.push(...targets(state));
  }
  // A state that was refused leads nowhere known, so nothing is said about reachability and ends then.
  if (graph.states.size !== names.size) return;
  if (!ends) list.problem('No state ends here: one needs End, or to be Succeed or Fail.');
  if (!names.has(graph.startAt)) return;
  for (const name of names) if (!reached.has(name)) list.problem('No state leads to this one.', name);
}

function isTerminal(state: State): boolean {
  return (
    state.type === 'Succeed' || state.type === 'Fail' || (state.type !== 'Choice' && state.next === undefined)
  );
}

function targets(state: State): string[] {
  const found: (string | undefined)[] = [];
  if ('next' in state) found.push(state.next);
  if ('default' in state) found.push(state.default);
  if ('choices' in state) found.push(...state.choices.map((choice) => choice.next));
  if ('catch' in state) found.push(...state.catch.map((catcher) => catcher.next));
  return found.filter((target): target is string => target !== undefined && target !== '');
}
