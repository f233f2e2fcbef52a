/** What a run keeps by `saveAs`: of an event or an answer, the properties that its version refers to, and no more. */
import { SAVED_PROPERTIES, SAVED_PROPERTY } from '../budgets.ts';
import { about, note, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import { shareOf, shortJson } from '../size.ts';
import type { Version } from '../workspace.ts';

/**
 * Keeps `value` under `name`, in the place of what was kept there before. `run` must be this decision's own. Where a run would
 * keep too much, the large properties are left out, in the end all of them, and the log names those that were lost; `before`
 * names those that had been left out of `value` already.
 */
export function keepSaved(
  deciding: Deciding,
  id: string,
  run: Run,
  version: Version,
  name: string,
  value: Readonly<Record<string, unknown>>,
  before: readonly string[] = [],
): void {
  const wanted = version.savedProperties.get(name);
  if (wanted === undefined) return;
  const all = Object.entries(value).filter(
    ([property]) => property !== '__proto__' && (wanted.has('*') || wanted.has(property)),
  );
  const most = shareOf(SAVED_PROPERTIES, deciding.document);
  const fits = (entries: typeof all): boolean =>
    shortJson({ ...run.saved, [name]: Object.fromEntries(entries) }, most) !== undefined;
  const small = all.filter(([, each]) => shortJson(each, SAVED_PROPERTY) !== undefined);
  const kept = [all, small, []].find(fits) ?? [];
  run.saved = { ...run.saved, [name]: Object.fromEntries(kept) };
  deciding.changed = true;
  const dropped = all.filter((entry) => !kept.includes(entry)).map(([property]) => property);
  const lost = [...before, ...dropped].map((property) => `${name}.${property}`);
  if (lost.length > 0)
    note(deciding, {
      kind: 'ignores',
      ...about(id, run),
      reason: `too large to keep: ${lost.join(', ')}`,
    });
}
