// Which versions were removed, and why the others were not.
import type { Reason, Retirement } from '#lib/repository/retirement.ts';
import type { Colours } from '../terminal.ts';
import { counted } from './numbers.ts';
import { renderTable } from './table.ts';

/** A table of all versions but the newest, and a closing line; ends with a newline. `dryRun`: nothing was removed. */
export function renderRetirement(retirement: Retirement, dryRun: boolean, colours: Colours): string {
  const { removed, kept, messages } = retirement;
  const word = dryRun ? 'may go' : 'removed';
  const rows = [
    ...removed.map((one) => ({ ...one, fate: colours.green(word), why: 'nobody is in it' })),
    ...kept
      .filter(({ because }) => because.kind !== 'newest')
      .map((one) => ({ ...one, fate: 'stays', why: inWords(one.because) })),
  ].toSorted((a, b) => (`${a.journey} ${a.version}` < `${b.journey} ${b.version}` ? -1 : 1));
  const table = renderTable(
    [{ title: 'journey' }, { title: 'version' }, { title: '' }, { title: '' }],
    rows.map(({ journey, version, fate, why }) => [journey, version, fate, why]),
    colours,
  );
  const newest = kept.filter(({ because }) => because.kind === 'newest').length;
  return `${table}${table === '' ? '' : '\n'}${closing(removed.length, messages.length, newest, dryRun)}\n`;
}

function inWords(reason: Reason): string {
  switch (reason.kind) {
    case 'newest':
      return 'new runs start on it';
    case 'another deployment':
      return `${reason.environment} was deployed from another state of this repository`;
    case 'inside':
      return `${counted(reason.customers, 'customer')} inside in ${reason.environment}`;
    case 'goals':
      return `the goal of ${counted(reason.customers, 'customer')} can still be reached in ${reason.environment}`;
    case 'running':
      return `an execution is still on in ${reason.environment}`;
  }
}

function closing(removed: number, messages: number, newest: number, dryRun: boolean): string {
  const stay = `${counted(newest, 'newest version stays', 'newest versions stay')}.`;
  if (removed === 0 && messages === 0) return `Nothing to remove. ${stay}`;
  const what = `${counted(removed, 'version')} and ${counted(messages, 'message')}`;
  if (dryRun) return `${what} may go; nothing was removed (--dry-run). ${stay}`;
  return `${what} removed. ${stay} Look at the difference, commit it, and deploy: that deletes their state machines.`;
}

/** For scripts. */
export function retirementJson({ removed, kept, messages }: Retirement): string {
  return `${JSON.stringify({ removed, kept, messages }, null, 2)}\n`;
}
