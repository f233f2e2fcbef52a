/** Entry by an event that belongs to no customer: every customer is asked whether it concerns them. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { isTrue } from '../conditions/evaluate.ts';
import type { Deciding } from '../deciding.ts';
import { isDuplicate, remember } from './duplicates.ts';
import { letIn } from './entries.ts';

/** Where it concerns nobody, nothing is written: an event reaches every customer, and most of them it does not concern. */
export function decideAudience(deciding: Deciding, event: CustomerEvent): void {
  const { document, workspace, log } = deciding;
  if (document.created > event.at || isDuplicate(document, event)) return;
  const logged = log.length;
  for (const version of workspace.entries.audiences.get(event.event) ?? [])
    if (version.audience !== undefined && isTrue(version.audience, deciding, { event }))
      letIn(deciding, version, event);
  if (log.length > logged) remember(document, event);
}
