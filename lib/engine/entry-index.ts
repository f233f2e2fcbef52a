/** The newest versions of all journeys, by what lets customers into them: whoever has something that lets in asks here. */
import { CUSTOMER_ZONE } from '#lib/journey/entries/schedule.ts';
import { entryEvent } from '#lib/journey/watched-events.ts';
import type { EntryTrigger } from '#lib/journey/entries/trigger.ts';
import type { Version } from './workspace.ts';

/** Every list in the order of decision: priority, then journey id. */
export interface EntryIndex {
  readonly all: readonly Version[];
  /** By the event of a customer that lets in: of an application, or built in. */
  readonly byEvent: ReadonlyMap<string, readonly Version[]>;
  /** By the event without a customer. */
  readonly audiences: ReadonlyMap<string, readonly Version[]>;
  /** Let in by time alone: by schedules and dates. */
  readonly timed: readonly TimedVersion[];
  /** Those that have to know from when on a customer is theirs (rules/met-journeys.ts). */
  readonly meeting: readonly Version[];
}

/** A version that a schedule or a date lets customers into. */
export interface TimedVersion {
  readonly version: Version;
  readonly trigger: Extract<EntryTrigger, { kind: 'schedule' | 'date' }>;
  /** Its instants differ from customer to customer. */
  readonly byCustomer: boolean;
}

export function indexEntries(versions: readonly Version[]): EntryIndex {
  const all = versions.toSorted(byPriorityThenId);
  const byEvent = new Map<string, Version[]>();
  const audiences = new Map<string, Version[]>();
  const timed: TimedVersion[] = [];
  for (const version of all) {
    const { trigger } = version.manifest.entry;
    if (trigger.kind === 'audience') add(audiences, trigger.event, version);
    else if (trigger.kind === 'date') timed.push({ version, trigger, byCustomer: true });
    else if (trigger.kind === 'schedule')
      timed.push({ version, trigger, byCustomer: trigger.zone === CUSTOMER_ZONE });
    else {
      const event = entryEvent(trigger);
      if (event !== undefined) add(byEvent, event, version);
    }
  }
  const meeting = [
    ...timed.flatMap(({ version, byCustomer }) => (byCustomer ? [version] : [])),
    ...all.filter(
      ({ manifest: { entry } }) => entry.trigger.kind === 'enters' && entry.trigger.existing === 'enter',
    ),
  ];
  return { all, byEvent, audiences, timed, meeting };
}

function add(index: Map<string, Version[]>, event: string, version: Version): void {
  const list = index.get(event) ?? [];
  list.push(version);
  index.set(event, list);
}

function byPriorityThenId(a: Version, b: Version): number {
  if (a.manifest.priority !== b.manifest.priority) return b.manifest.priority - a.manifest.priority;
  return a.manifest.journey < b.manifest.journey ? -1 : 1;
}
