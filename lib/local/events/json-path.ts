// The part of JSON path that EventBridge has: names by dots, indices, and stars.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
import type { Json } from '../asl/json.ts';
import { isJsonObject } from '../asl/json.ts';

type Step = { readonly name: string } | { readonly index: number } | 'every';
export type JsonPath = readonly Step[];

const STEP = /\.(?<name>[\w/-]+)|\.\*|\[(?<index>\d+)\]|\[\*\]/gy;

/** undefined: the text is no path. */
export function parseJsonPath(text: string): JsonPath | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: Step[] = [];
  let end = 1;
  STEP.lastIndex = 1;
  for (let match = STEP.exec(text); match !== null; match = STEP.exec(text)) {
    const { name, index } = match.groups ?? {};
    if (name !== undefined) steps.push({ name });
    else steps.push(index === undefined ? 'every' : { index: Number(index) });
    end = STEP.lastIndex;
  }
  return end === text.length ? steps : undefined;
}

/** undefined: nothing is there. A path with stars gives a list. */
export function valueAt(path: JsonPath, value: Json): Json | undefined {
  let found: readonly Json[] = [value];
  for (const step of path) found = found.flatMap((one) => childrenAt(one, step));
  return path.includes('every') ? found : found[0];
}

function childrenAt(value: Json, step: Step): readonly Json[] {
  const list = Array.isArray(value) ? (value as readonly Json[]) : undefined;
  if (step === 'every') return list ?? (isJsonObject(value) ? Object.values(value) : []);
  if ('index' in step) return list?.slice(step.index, step.index + 1) ?? [];
  const member = isJsonObject(value) && Object.hasOwn(value, step.name) ? value[step.name] : undefined;
  return member === undefined ? [] : [member];
}
