// How an attempt of a task ends, and the same as JSON, for whoever keeps what came from outside.
import { StateFailure } from '../failure.ts';
import type { Json, JsonObject } from '../json.ts';

export type TaskEnd =
  | { readonly kind: 'succeeded'; readonly output: Json }
  | { readonly kind: 'failed' | 'timedOut'; readonly failure: StateFailure };

export function endToJson(end: TaskEnd): JsonObject {
  if (end.kind === 'succeeded') return { kind: end.kind, output: end.output };
  const { error = null, reason = null, alias = null } = end.failure;
  return { kind: end.kind, error, reason, alias };
}

/** Of JSON that `endToJson` has made. */
export function endFromJson(json: JsonObject): TaskEnd {
  const { kind, output = null } = json;
  if (kind === 'succeeded') return { kind, output };
  const text = (name: string): string | undefined => (json[name] ?? undefined) as string | undefined;
  const failure = new StateFailure(text('error'), text('reason'), text('alias'));
  return { kind: kind === 'timedOut' ? 'timedOut' : 'failed', failure };
}
