/**
 * What a run keeps of its entry event for others: the journeys that its steps enter begin with it, and refer to properties that its
 * own version may not.
 */
import type { Version, Workspace } from './workspace.ts';

const known = new WeakMap<Workspace, Map<string, ReadonlySet<string>>>();

/** Properties that the version, and the newest versions of all journeys that follow from it, read, print or have as their key. */
export function propertiesNeeded(workspace: Workspace, version: Version): ReadonlySet<string> {
  const cache = known.get(workspace) ?? new Map<string, ReadonlySet<string>>();
  known.set(workspace, cache);
  const found = cache.get(version.key);
  if (found !== undefined) return found;
  const needed = new Set<string>();
  const seen = new Set<Version>();
  const open = [version];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const { entry, flow } = next.manifest;
    for (const name of [...next.entryProperties, ...(entry.prints ?? [])]) needed.add(name);
    if (next !== version && entry.key !== undefined) needed.add(entry.key.split('.')[1] ?? '*');
    for (const node of Object.values(flow.nodes)) {
      if (node.kind !== 'action' || node.settings.type !== 'enter') continue;
      const { journey } = node.settings;
      open.push(...workspace.entries.all.filter(({ manifest }) => manifest.journey === journey));
    }
  }
  cache.set(version.key, needed);
  return needed;
}
