/** Events that take a permission away: they count as soon as they are heard, also where nobody can read since when. */
import { isNo } from './consent-words.ts';

const ALWAYS: ReadonlySet<string> = new Set([
  'Message Unsubscribed',
  'Message Complained',
  'Suppression Added',
]);

/** @param properties of the event, as they came. */
export function takesPermissionAway(event: unknown, properties: Readonly<Record<string, unknown>>): boolean {
  if (typeof event !== 'string') return false;
  if (ALWAYS.has(event)) return true;
  if (event === 'Consent Changed') return isNo(properties['granted']);
  if (event === 'Message Bounced') return properties['type'] === 'hard';
  // A pause, and not its end, which is told by null.
  return event === 'Preferences Changed' && typeof properties['pausedUntil'] === 'string';
}
