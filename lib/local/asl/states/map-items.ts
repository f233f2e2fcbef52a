// What inline and Distributed Maps read alike: their items, the input of each, and how many may run and fail.
import { EvaluationFailure } from '../failure.ts';
import type { Json, JsonObject } from '../json.ts';
import type { MapState } from '../machine.ts';
import type { MapRunLimits } from '../map-run.ts';
import type { Template } from '../template.ts';
import { evaluateNumber } from './result-type.ts';
import { checkPayload, evaluate, type Visit } from './visit.ts';

export async function itemsOf(visit: Visit, { items: template }: MapState): Promise<readonly Json[]> {
  const items = template === undefined ? visit.input : await evaluate(visit, template);
  if (Array.isArray(items)) return items as readonly Json[];
  throw new EvaluationFailure(`Map state input must be an array but was: ${JSON.stringify(items)}`);
}

export async function limitsOf(visit: Visit, state: MapState): Promise<MapRunLimits> {
  const concurrency = await optional(visit, state.maxConcurrency, Number.MAX_SAFE_INTEGER);
  return {
    maxConcurrency: concurrency === 0 ? undefined : concurrency,
    toleratedFailureCount: await optional(visit, state.toleratedFailureCount, Number.MAX_SAFE_INTEGER),
    toleratedFailurePercentage: await optional(visit, state.toleratedFailurePercentage, 100),
  };
}

async function optional(
  visit: Visit,
  template: Template | undefined,
  max: number,
): Promise<number | undefined> {
  return template === undefined ? undefined : evaluateNumber(visit, template, 0, max);
}

/** The input of an iteration or a child execution. */
export async function selectItem(
  visit: Visit,
  { itemSelector }: MapState,
  index: number,
  item: Json,
): Promise<Json> {
  if (itemSelector === undefined) return item;
  const mapContext = mapContextOf(index, item);
  const input = await evaluate(
    { ...visit, thread: { ...visit.thread, mapContext }, context: undefined },
    itemSelector,
  );
  checkPayload(visit, input);
  return input;
}

/** `Map` of the context object. */
export function mapContextOf(index: number, item: Json): JsonObject {
  return { Item: { Index: index, Value: item } };
}
