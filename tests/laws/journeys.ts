// Random journeys as graphs: nested branches, splits, waits for events, loops, gotos and exits, linked as a journey's steps
// are. They keep the rules that the checks ask for: every cycle has a bounded goto and a wait, every node can be reached.
import fc from 'fast-check';
import { edgesOf } from '#lib/compiler/plan/flow-reading.ts';
import type { Flow, FlowNode } from '#lib/journey/flow.ts';
import { action, branch, exit, goto, send, split, waitFor } from '../compiler/flows.ts';

const ACTIONS = ['update', 'emit', 'invoke', 'webhook', 'enter'] as const;

/** A step before it has an id. `pick` chooses a goto's target among all steps. */
type Step =
  | { readonly kind: 'send' | 'exit' }
  | { readonly kind: 'action'; readonly type: (typeof ACTIONS)[number] }
  | { readonly kind: 'wait'; readonly length: string }
  | {
      readonly kind: 'waitFor';
      readonly length: string;
      readonly arms: readonly Steps[];
      readonly otherwise: Steps;
    }
  | { readonly kind: 'branch'; readonly arms: readonly Steps[]; readonly otherwise: Steps }
  | { readonly kind: 'split'; readonly arms: readonly Steps[] }
  | { readonly kind: 'goto'; readonly pick: number; readonly atMost: number | undefined };
type Steps = readonly Step[];

/** Lengths of waits, exact ones and others; a time of day stands for `until`. */
const LENGTHS = ['30 minutes', '2 hours', '3 hours', '1 day', '2 days', '09:00'];

const { nested } = fc.letrec<{ nested: Steps; step: Step }>((tie) => {
  const inner: fc.Arbitrary<Steps> = fc.oneof(
    { depthIdentifier: 'journey' },
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: tie('nested') },
  );
  const one: fc.Arbitrary<Step> = tie('step');
  const arms = fc.array(inner, { minLength: 1, maxLength: 3 });
  const length = fc.constantFrom(...LENGTHS);
  const step: fc.Arbitrary<Step> = fc.oneof(
    { maxDepth: 3, depthIdentifier: 'journey' },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('send') }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('action'), type: fc.constantFrom(...ACTIONS) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait'), length }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('goto'),
        pick: fc.nat({ max: 30 }),
        atMost: fc.constantFrom(undefined, 1, 2, 3),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('exit') }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('waitFor'), length, arms, otherwise: inner }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('branch'), arms, otherwise: inner }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('split'), arms }) },
  );
  return {
    nested: fc.array(one, { maxLength: 4, size: 'max', depthIdentifier: 'journey' }).map((all): Steps => all),
    step,
  };
});

/** Whole journeys: an empty one now and then, most of them with several steps. */
const whole: fc.Arbitrary<Steps> = fc.oneof(
  { weight: 1, arbitrary: nested },
  {
    weight: 5,
    arbitrary: fc.tuple(nested, nested, nested).map((parts) => parts.flat()),
  },
);

/** Journeys such as the checks accept; shrinks towards short ones. */
export const journeys: fc.Arbitrary<Flow> = whole.map(linked);

/** Links steps to a flow. A goto that would break a rule is left out. */
function linked(written: Steps): Flow {
  let kept: ReadonlySet<number> = new Set();
  let flow = link(written, kept);
  for (let index = 0; index < countGotos(written); index += 1) {
    const more = new Set([...kept, index]);
    const tried = link(written, more);
    if (!keepsRules(tried)) continue;
    kept = more;
    flow = tried;
  }
  return withoutUnreachable(flow);
}

function countGotos(steps: Steps): number {
  return steps.reduce((sum, step) => {
    if (step.kind === 'goto') return sum + 1;
    const inner = armsOf(step);
    return sum + inner.reduce((all, arm) => all + countGotos(arm), 0);
  }, 0);
}

function armsOf(step: Step): readonly Steps[] {
  switch (step.kind) {
    case 'waitFor':
    case 'branch':
      return [...step.arms, step.otherwise];
    case 'split':
      return step.arms;
    case 'send':
    case 'action':
    case 'wait':
    case 'goto':
    case 'exit':
      return [];
  }
}

/** The flow with those gotos only, counted as they are written. */
function link(written: Steps, kept: ReadonlySet<number>): Flow {
  const nodes: [string, FlowNode][] = [];
  const gotos: {
    readonly id: string;
    readonly at: number;
    readonly step: Step & { kind: 'goto' };
    next: string | null;
  }[] = [];
  let count = 0;
  let seen = -1;

  /** Adds the nodes of a list, written in order, and answers where it begins. */
  const list = (steps: Steps, where: string, follower: string | null): string | null => {
    // Ids are given in the order of writing, edges are known from the end: reserve the places first.
    const ids: { id: string; step: Step }[] = [];
    let before = where;
    for (const step of steps) {
      if (step.kind === 'goto' && !kept.has((seen += 1))) continue;
      const named = step.kind !== 'goto' && step.kind !== 'exit';
      const id = named ? `${step.kind.toLowerCase()}-${(count += 1)}` : `${before} (${step.kind})`;
      ids.push({ id, step });
      before = id;
      if (step.kind === 'exit' || (step.kind === 'goto' && step.atMost === undefined)) break;
    }
    for (const [index, { id, step }] of ids.entries()) {
      add(id, step, ids[index + 1]?.id ?? follower);
    }
    return ids[0]?.id ?? follower;
  };

  const add = (id: string, step: Step, next: string | null): void => {
    const at = nodes.length;
    nodes.push([id, exit('reserved')]);
    const arm = (steps: Steps, index: number): string | null => list(steps, `${id} ${index}`, next);
    const put = (node: FlowNode): void => {
      nodes[at] = [id, node];
    };
    switch (step.kind) {
      case 'send':
        return put(send(id, next));
      case 'action':
        return put(action(id, step.type, next));
      case 'exit':
        return put(exit('enough'));
      case 'wait':
        return put({ kind: 'wait', ...lengthOf(step.length, 'for'), next });
      case 'waitFor': {
        const arms = step.arms.map(arm);
        const { kind, since, events, otherwise } = waitFor('', arms, arm(step.otherwise, step.arms.length));
        return put({ kind, since, events, otherwise, ...lengthOf(step.length, 'within') });
      }
      case 'branch':
        return put(branch(step.arms.map(arm), arm(step.otherwise, step.arms.length)));
      case 'split':
        return put(split(step.arms.map(arm)));
      case 'goto':
        gotos.push({ id, at, step, next });
    }
  };

  const start = list(written, 'start', null);
  for (const { id, at, step, next } of gotos) {
    const named = nodes.map(([name], place) => ({ name, place })).filter(({ name }) => !name.endsWith(')'));
    const earlier = named.filter(({ place }) => place < at);
    const among = step.pick % 3 > 0 && earlier.length > 0 ? earlier : named;
    const target = among[step.pick % Math.max(1, among.length)];
    // Without anything to jump to it is the end of its list.
    if (target === undefined) nodes[at] = [id, exit('nowhere to go')];
    else nodes[at] = [id, goto(target.name, next, step.atMost, target.place < at)];
  }
  return { start, nodes: Object.fromEntries(nodes) };
}

function lengthOf(length: string, field: 'for' | 'within') {
  return length.includes(':') ? { until: length } : field === 'for' ? { for: length } : { within: length };
}

/** No circle without a bounded jump, and none without a wait. */
function keepsRules(flow: Flow): boolean {
  return isAcyclic(flow, withoutJumps) && isAcyclic(flow, withoutWaits);
}

function withoutJumps(node: FlowNode): readonly (string | null)[] {
  return node.kind === 'goto' && node.atMost !== undefined ? [node.next] : edgesOf(node);
}

function withoutWaits(node: FlowNode): readonly (string | null)[] {
  return node.kind === 'wait' || node.kind === 'waitFor' ? [] : edgesOf(node);
}

function isAcyclic(flow: Flow, edges: (node: FlowNode) => readonly (string | null)[]): boolean {
  const left = new Map(Object.entries(flow.nodes).map(([id, node]) => [id, edges(node)]));
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const [id, targets] of left) {
      if (targets.every((target) => target === null || !left.has(target))) left.delete(id);
    }
  }
  return left.size === 0;
}

function withoutUnreachable(flow: Flow): Flow {
  const seen = new Set<string>();
  const open = [flow.start];
  while (open.length > 0) {
    const id = open.pop();
    const node = typeof id === 'string' && !seen.has(id) ? flow.nodes[id] : undefined;
    if (id === undefined || id === null || node === undefined) continue;
    seen.add(id);
    open.push(...edgesOf(node));
  }
  const nodes = Object.entries(flow.nodes).filter(([id]) => seen.has(id));
  return { start: flow.start, nodes: Object.fromEntries(nodes) };
}
