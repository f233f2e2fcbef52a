// A customer's consent ledger as lines: when, what, by which event, and below it what can be shown for it.
import { ANY, type LedgerEntry } from '#lib/contracts/consent-ledger.ts';
import type { Colours } from '../terminal.ts';

/** In the order in which it happened. Ends with a newline. */
export function renderConsent(customer: string, entries: readonly LedgerEntry[], colours: Colours): string {
  if (entries.length === 0)
    return (
      `Nothing is in the ledger of ${customer} (the hash of this id).\n` +
      'They have never said anything about consent, or a moment ago: the ledger is written right after it was decided.\n'
    );
  return [`${customer} (times in UTC)`, ...entries.flatMap((entry) => linesOf(entry, colours)), ''].join(
    '\n',
  );
}

function linesOf(entry: LedgerEntry, colours: Colours): readonly string[] {
  const { at, what, event, effect, received } = entry;
  const unchanged = effect === 'changed' ? '' : ` (${effect})`;
  const about = [`  ${colours.dim(moment(at))}`, what, scopeOf(entry), `by ${event}${unchanged}`];
  const shown: readonly (readonly [string, string | undefined])[] = [
    ['received', received === at ? undefined : moment(received)],
    ['imported', entry.imported === true ? 'yes' : undefined],
    ['said', entry.said],
    ['source', entry.source],
    ['text', entry.text],
    ['proof', entry.proof],
    ['reason', entry.reason],
    ['message', entry.send],
  ];
  const details = shown.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]));
  const first = about.filter((part) => part !== '').join('  ');
  return details.length === 0 ? [first] : [first, `${' '.repeat(27)}${colours.dim(details.join(', '))}`];
}

function moment(at: string): string {
  return at.replace('T', ' ').replace('Z', '');
}

/** "promotions by email", "everything by sms", "everything". */
function scopeOf({ topic, channel, what }: LedgerEntry): string {
  if (what === 'not understood') return '';
  const every = channel === undefined || channel === ANY;
  if (topic === undefined) return every ? 'every channel' : channel;
  const about = topic === ANY ? 'everything' : topic;
  return every ? about : `${about} by ${channel}`;
}
