/**
 * Splits that follow each other directly become one Choice: all of their draws stand in the same plan, so one state can read
 * them together and the run pays once.
 */
import type { Flow } from '#lib/journey/flow.ts';
import { followGotos, nodeAt } from './flow-reading.ts';

/** Beyond this many rules one Choice is no longer readable; further splits then keep a Choice of their own. */
const MOST_RULES = 64;

/** One rule of a Choice over splits: the draws it stands for, and the node that they lead to. */
export interface SplitPath {
  /** All splits on the way, in order. */
  readonly passed: readonly string[];
  readonly taken: readonly { readonly split: string; readonly arms: readonly number[] }[];
  readonly target: string | null;
}

/** The rules of the Choice that stands for `split` and for all splits that its arms lead to directly. */
export function splitPaths(flow: Flow, split: string): readonly SplitPath[] {
  let paths = armsOf(flow, split, { passed: [], taken: [] });
  for (;;) {
    const index = paths.findIndex((path) => isSplit(flow, path.target));
    const path = paths[index];
    if (path === undefined || path.target === null) return paths;
    const inner = armsOf(flow, path.target, { ...path, taken: withoutCertain(flow, path.taken) });
    if (paths.length - 1 + inner.length > MOST_RULES) return paths;
    paths = [...paths.slice(0, index), ...inner, ...paths.slice(index + 1)];
  }
}

function isSplit(flow: Flow, id: string | null): boolean {
  return id !== null && nodeAt(flow, id).kind === 'split';
}

/** One path for each arm, except that arms which lead to the same split go there together. */
function armsOf(flow: Flow, split: string, before: Omit<SplitPath, 'target'>): readonly SplitPath[] {
  const node = nodeAt(flow, split);
  if (node.kind !== 'split') throw new Error(`"${split}" is no split`);
  const paths: { arms: number[]; target: string | null }[] = [];
  for (const [index, arm] of node.arms.entries()) {
    const target = followGotos(flow, arm.next);
    const same = isSplit(flow, target) ? paths.find((path) => path.target === target) : undefined;
    if (same === undefined) paths.push({ arms: [index], target });
    else same.arms.push(index);
  }
  return paths.map(({ arms, target }) => ({
    passed: [...before.passed, split],
    taken: [...before.taken, { split, arms }],
    target,
  }));
}

/** A split all of whose arms lead on to the next one says nothing about the way there. */
function withoutCertain(flow: Flow, taken: SplitPath['taken']): SplitPath['taken'] {
  return taken.filter(({ split, arms }) => {
    const node = nodeAt(flow, split);
    return node.kind !== 'split' || arms.length < node.arms.length;
  });
}
