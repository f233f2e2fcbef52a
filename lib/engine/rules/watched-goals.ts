/** What is kept of a run that is over, or of an entry held out, as long as its goal can still be reached. */
import type { Instant } from '#lib/contracts/time.ts';
import { MOST_WATCHED, WATCHED_PROPERTIES } from '../budgets.ts';
import { note, versionOf, type Deciding } from '../deciding.ts';
import { shortJson } from '../size.ts';

interface Watched {
  readonly journey: string;
  readonly version: string;
  readonly entered: Instant;
  readonly until: Instant;
  /** Properties of the entry event: what the goal compares of them is kept. */
  readonly event: Readonly<Record<string, unknown>>;
}

/** Beyond the budget the oldest goes, and what is too large to be compared later; the log says so. */
export function watchGoal(deciding: Deciding, id: string, watched: Watched): void {
  const { journey, version, event } = watched;
  const about = { journey, version, run: id };
  const compared = versionOf(deciding, watched)?.goalProperties;
  const wanted = Object.entries(event).filter(([name]) => compared?.has(name) === true);
  const isSmall = shortJson(Object.fromEntries(wanted), WATCHED_PROPERTIES) !== undefined;
  if (!isSmall)
    note(deciding, {
      kind: 'ignores',
      ...about,
      reason: `too large to keep for the goal: ${wanted.map(([name]) => name).join(', ')}`,
    });
  const goals = deciding.document.watched;
  goals[id] = { ...watched, event: Object.fromEntries(isSmall ? wanted : []) };
  const spare = Object.keys(goals).length - MOST_WATCHED;
  for (const [oldest, { journey: of, version: its }] of Object.entries(goals).slice(0, Math.max(0, spare))) {
    delete goals[oldest];
    note(deciding, {
      kind: 'ignores',
      journey: of,
      version: its,
      run: oldest,
      reason: 'too many open goals',
    });
  }
}
