// Which sends a customer has had of us, as far as caps and fatigue are concerned.
import type { SendRecord } from '../document.ts';

/** Transactional messages use up no cap; what was skipped or refused was not received. */
export function counts(send: SendRecord): boolean {
  return (
    send.class === 'marketing' &&
    (send.state === 'claimed' || send.state === 'accepted' || send.state === 'unknown')
  );
}
