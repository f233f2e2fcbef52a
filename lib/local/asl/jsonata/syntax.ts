// The parts of jsonata's syntax tree that are read here, and one walk over them.

/** A node of `jsonata(text).ast()`, version 2.0.6. Its published types leave most of it out. */
export interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly stages?: readonly Node[];
  readonly predicate?: readonly Node[];
  readonly expr?: Node;
  readonly group?: { readonly lhs: readonly (readonly [Node, Node])[] };
  readonly lhs?: Node | readonly (readonly [Node, Node])[];
  readonly rhs?: Node;
  readonly expressions?: readonly Node[];
  readonly arguments?: readonly Node[];
  readonly procedure?: Node;
  readonly body?: Node;
  readonly condition?: Node;
  readonly then?: Node;
  readonly else?: Node;
  readonly expression?: Node;
  readonly pattern?: Node;
  readonly update?: Node;
  readonly delete?: Node;
  readonly terms?: readonly SortTerm[];
  readonly focus?: string;
  readonly index?: string;
  readonly ancestor?: unknown;
  readonly tuple?: boolean;
  readonly consarray?: boolean;
  readonly keepArray?: boolean;
  readonly keepSingletonArray?: boolean;
}

interface SortTerm {
  readonly expression: Node;
}

/**
 * Calls `visit` for every node, outermost first. `inside` tells whether the node has an input of its own (behind a path's
 * first step, in a filter, a grouping, a sort term): in Step Functions expressions the outermost input does not exist.
 */
export function walk(node: Node, visit: (node: Node, inside: boolean) => void, inside = false): void {
  visit(node, inside);
  node.steps?.forEach((step, index) => walk(step, visit, inside || index > 0));
  for (const stage of [...(node.stages ?? []), ...(node.predicate ?? [])]) {
    if (stage.expr !== undefined) walk(stage.expr, visit, true);
  }
  for (const [key, value] of node.group?.lhs ?? []) {
    walk(key, visit, true);
    walk(value, visit, true);
  }
  for (const term of node.terms ?? []) walk(term.expression, visit, true);
  for (const part of [node.pattern, node.update, node.delete])
    if (part !== undefined) walk(part, visit, true);
  if (node.type !== 'lambda') for (const argument of node.arguments ?? []) walk(argument, visit, inside);
  for (const part of node.expressions ?? []) walk(part, visit, inside);
  for (const part of operands(node)) walk(part, visit, inside);
}

function operands(node: Node): Node[] {
  const found: Node[] = [];
  for (const part of [node.procedure, node.condition, node.then, node.else, node.expression]) {
    if (part !== undefined) found.push(part);
  }
  if (isNode(node.body)) found.push(node.body);
  if (isNode(node.rhs)) found.push(node.rhs);
  if (isNode(node.lhs)) found.push(node.lhs);
  else for (const [key, value] of node.lhs ?? []) found.push(key, value);
  return found;
}

function isNode(part: unknown): part is Node {
  return typeof part === 'object' && part !== null && 'type' in part;
}
