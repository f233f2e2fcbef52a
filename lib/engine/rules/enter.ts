/**
 * The step `enter`: starts another journey for the same customer, in the same decision. The step stands for the other journey's own
 * trigger and its `where`; everything else that lets in or keeps out decides as it always does.
 */
import type { EnterSettings } from '#lib/contracts/action-calls.ts';
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { about, note, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import { admit } from './entries.ts';
import { maySetOff, SETS_OFF_TOO_MUCH } from './set-off.ts';

/** `key`: run/step/visit, which names what lets in. The new run begins with what this one has kept of its entry event. */
export function applyEnter(
  deciding: Deciding,
  id: string,
  run: Run,
  { id: step, journey }: EnterSettings,
  key: string,
): void {
  const { now, workspace } = deciding;
  const version = workspace.entries.all.find(({ manifest }) => manifest.journey === journey);
  const refusal = version === undefined ? 'not live' : maySetOff(deciding) ? undefined : SETS_OFF_TOO_MUCH;
  if (refusal !== undefined)
    note(deciding, { kind: 'refuses', journey, reason: refusal, event: key, by: id });
  const event: CustomerEvent = {
    kind: 'event',
    id: key,
    at: now,
    received: now,
    event: 'Journey Requested',
    properties: { ...run.event },
  };
  const isIn = version !== undefined && refusal === undefined && admit(deciding, version, event, id);
  note(deciding, { kind: 'takes', ...about(id, run), step, branch: isIn ? 'entered' : 'refused' });
}
