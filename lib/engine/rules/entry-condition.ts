/** Whether the entry's own condition lets an event in, and who hears of it where it does not. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { isTrue } from '../conditions/evaluate.ts';
import { because } from '../conditions/explain.ts';
import { note, type Deciding } from '../deciding.ts';
import type { Version } from '../workspace.ts';

/** The reason of those whom `where` keeps out. */
export const KEPT_OUT = 'where';

/**
 * True where the entry has no condition or it holds. Most events are kept out by it, and each log entry costs a write: so it is
 * told only where the settings ask for it.
 */
export function meetsEntryCondition(deciding: Deciding, version: Version, event: CustomerEvent): boolean {
  const { entryWhere, manifest } = version;
  if (entryWhere === undefined || isTrue(entryWhere, deciding, { event })) return true;
  if (deciding.workspace.settings.explains === 'everything')
    note(deciding, {
      kind: 'refuses',
      journey: manifest.journey,
      version: manifest.version,
      reason: KEPT_OUT,
      ...because(entryWhere, deciding, { event }),
      event: event.id,
    });
  return false;
}
