/**
 * The step `emit`: the event is written with the decision and stays in the document until the bus has taken it, so that a crash
 * neither loses it nor makes two of it: its id is that of run, step and visit.
 */
import type { EmitSettings } from '#lib/contracts/action-calls.ts';
import { EMITTED_PROPERTIES, MOST_EMITTED } from '../budgets.ts';
import { about, note, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import { shortJson } from '../size.ts';
import { maySetOff, SETS_OFF_TOO_MUCH } from './set-off.ts';

/** `key`: run/step/visit. What is not emitted is told with its reason, and the run goes on. */
export function applyEmit(
  deciding: Deciding,
  id: string,
  run: Run,
  { id: step, event }: EmitSettings,
  key: string,
  properties: Readonly<Record<string, unknown>>,
): void {
  const { document, now } = deciding;
  const emitted = document.emitted ?? [];
  const refusal =
    shortJson(properties, EMITTED_PROPERTIES) === undefined
      ? 'too large to emit'
      : emitted.length >= MOST_EMITTED
        ? 'too many events that the bus has not taken'
        : maySetOff(deciding)
          ? undefined
          : SETS_OFF_TOO_MUCH;
  if (refusal !== undefined) {
    note(deciding, { kind: 'ignores', ...about(id, run), step, name: event, reason: refusal });
    return;
  }
  document.emitted = [...emitted, { id: key, at: now, event, properties: { ...properties } }];
  note(deciding, { kind: 'emits', ...about(id, run), step, name: event, value: properties });
}

/** The bus has taken these events. */
export function forgetEmitted(deciding: Deciding, ids: readonly string[]): void {
  const { document } = deciding;
  const left = (document.emitted ?? []).filter(({ id }) => !ids.includes(id));
  if (left.length === (document.emitted ?? []).length) return;
  if (left.length === 0) delete document.emitted;
  else document.emitted = left;
  deciding.changed = true;
}
