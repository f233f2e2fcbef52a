// What compiling did, journey by journey.
import type { Colours } from '../terminal.ts';
import { counted } from './numbers.ts';
import { renderTable } from './table.ts';

/** One journey: a new version, the version that was there already, or a draft, which is none. */
export interface CompiledOutcome {
  readonly journey: string;
  readonly state: 'new' | 'unchanged' | 'draft';
  readonly version?: string;
  /** Number of states of the machine. */
  readonly states?: number;
  /** Events that its conditions count, as far back as some version has asked for them. */
  readonly counts?: readonly string[];
}

/**
 * A table and a closing line; ends with a newline.
 * @param isMissing whether any file was not as it has to be: of a new version, or the stacks of versions that are gone.
 */
export function renderCompilation(
  { outcomes, isMissing }: { readonly outcomes: readonly CompiledOutcome[]; readonly isMissing: boolean },
  folder: string,
  check: boolean,
  colours: Colours,
): string {
  const words = { new: check ? 'not compiled yet' : 'new version', unchanged: 'unchanged', draft: 'draft' };
  const paint = { new: check ? colours.red : colours.green, unchanged: colours.dim, draft: colours.dim };
  const rows = outcomes.map(({ journey, state, version = '', states }) => [
    journey,
    paint[state](words[state]),
    version,
    states === undefined ? '' : counted(states, 'state'),
  ]);
  const added = outcomes.filter(({ state }) => state === 'new').length;
  const table = renderTable(
    [{ title: 'journey' }, { title: '' }, { title: 'version' }, { title: 'size' }],
    rows,
    colours,
  );
  return `${table}\n${renderCounts(outcomes, colours)}${closing(added, isMissing, folder, check)}\n`;
}

/** What a new condition cannot know about the past. */
function renderCounts(outcomes: readonly CompiledOutcome[], colours: Colours): string {
  const added = outcomes.filter(({ state, counts = [] }) => state === 'new' && counts.length > 0);
  if (added.length === 0) return '';
  const lines = added.map(({ journey, counts = [] }) => `  ${journey}: ${counts.join(', ')}\n`);
  return (
    `${colours.yellow('note')}: what customers did is counted from the deployment on that first asks for it; what was before is not known\n` +
    `${lines.join('')}\n`
  );
}

function closing(added: number, isMissing: boolean, folder: string, check: boolean): string {
  if (added === 0 && isMissing)
    return check
      ? `The list of stacks must be written: run wend compile, and commit ${folder}.`
      : `The list of stacks in ${folder} was brought up to date. Commit it.`;
  if (added === 0) return `Everything is compiled: ${folder} is up to date.`;
  const versions = counted(added, 'journey');
  return check
    ? `${versions} must be compiled: run wend compile, and commit ${folder}.`
    : `${versions} compiled into ${folder}. Look at the difference, and commit it.`;
}
