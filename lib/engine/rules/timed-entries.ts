/**
 * Entry by time alone: at the instants of a schedule, on dates of the customer. A schedule in one zone takes place for
 * everybody at once and is asked of every customer (`decideScheduled`); what differs from customer to customer comes due in
 * the document (due.ts). Each occurrence lets a customer in at most once, however often and however late it is asked.
 */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { addMillis, later, type Instant } from '#lib/contracts/time.ts';
import { DATE_EVENT, SCHEDULE_EVENT } from '#lib/journey/entry.ts';
import { partOf } from '../conditions/values.ts';
import { zoneOf, type Deciding } from '../deciding.ts';
import type { CustomerDocument } from '../document.ts';
import type { TimedVersion } from '../entry-index.ts';
import { nextDateOccurrence } from '../time/date-occurrences.ts';
import { latestOccurrence, nextOccurrence } from '../time/occurrences.ts';
import type { Workspace } from '../workspace.ts';
import { letIn } from './entries.ts';

/** One time at which a customer may enter. */
interface Occasion {
  readonly at: Instant;
  /** What it is called whatever the zone: nobody enters twice by the same name. */
  readonly name: string;
  readonly event: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** An occurrence of a schedule in one zone. Whoever was not a customer yet when it took place is not let in by it. */
export function decideScheduled(deciding: Deciding, journey: string, occurrence: Instant): void {
  const { document, workspace, log } = deciding;
  const timed = workspace.entries.timed.find(
    ({ version, byCustomer }) => version.manifest.journey === journey && !byCustomer,
  );
  const last = document.met?.[journey]?.last;
  if (timed === undefined || document.created > occurrence || (last !== undefined && last >= occurrence))
    return;
  const logged = log.length;
  letInOn(deciding, timed, scheduled(occurrence, occurrence));
  // Of those whom it does not concern nothing is written: they would be asked again with the same result.
  if (log.length > logged) meet(deciding, journey, { at: occurrence, last: occurrence });
}

/** Schedules in the customer's zone, and dates, as what time alone changes (due.ts). */
export const timedEntriesDue = {
  next: (document: CustomerDocument, workspace: Workspace, after: Instant): Instant | undefined => {
    let next: Instant | undefined;
    for (const timed of workspace.entries.timed) {
      const at = nextOf(timed, document, workspace, after)?.at;
      if (at !== undefined && (next === undefined || at < next)) next = at;
    }
    return next;
  },
  decide: (deciding: Deciding): void => {
    const { document, workspace, now } = deciding;
    for (const timed of workspace.entries.timed) {
      const occasion = nextOf(timed, document, workspace, document.decided);
      if (occasion === undefined || occasion.at > now) continue;
      const { journey } = timed.version.manifest;
      const missed =
        timed.trigger.kind === 'schedule' ? latestOf(timed.trigger, deciding, occasion) : undefined;
      // After an outage only the latest is made up: the others are passed over.
      if (missed !== undefined && missed > occasion.at)
        meet(deciding, journey, { at: addMillis(missed, -1) });
      else {
        meet(deciding, journey, { at: occasion.at, last: occasion.name });
        letInOn(deciding, timed, occasion);
      }
    }
  },
};

/** Strictly later than `after`. Undefined where the journey is not met yet: from then on it counts. */
function nextOf(
  { version, trigger, byCustomer }: TimedVersion,
  document: CustomerDocument,
  workspace: Workspace,
  after: Instant,
): Occasion | undefined {
  const met = document.met?.[version.manifest.journey];
  if (!byCustomer || met === undefined) return undefined;
  const from = later(after, met.at);
  const zone = zoneOf(document, workspace);
  const isNew = (name: string): boolean => met.last === undefined || name > met.last;
  if (trigger.kind === 'schedule') {
    let next = nextOccurrence(trigger, from, zone);
    while (next !== undefined && !isNew(next.reading)) next = nextOccurrence(trigger, next.at, zone);
    return next && scheduled(next.at, next.reading);
  }
  const [, trait = '', ...rest] = trigger.of.split('.');
  const dated = document.traits[trait];
  if (dated === undefined) return undefined;
  const value = partOf(dated.value, rest);
  let next = nextDateOccurrence(value, trigger, from, zone);
  while (next !== undefined && !isNew(next.date)) next = nextDateOccurrence(value, trigger, next.at, zone);
  return next && { at: next.at, name: next.date, event: DATE_EVENT, properties: { date: next.date } };
}

function scheduled(at: Instant, name: string): Occasion {
  return { at, name, event: SCHEDULE_EVENT, properties: { scheduled: at } };
}

function latestOf(
  trigger: Parameters<typeof latestOccurrence>[0],
  { document, workspace, clock }: Deciding,
  { at }: Occasion,
): Instant | undefined {
  return latestOccurrence(trigger, at, clock, zoneOf(document, workspace))?.at;
}

function letInOn(deciding: Deciding, { version }: TimedVersion, occasion: Occasion): void {
  const { at, event, properties } = occasion;
  const { trigger } = version.manifest.entry;
  if (
    trigger.kind === 'schedule' &&
    trigger.segment !== undefined &&
    deciding.document.segments[trigger.segment] === undefined
  )
    return;
  const id = `${version.manifest.journey}@${at}`;
  const happened: CustomerEvent = {
    kind: 'event',
    id,
    at,
    received: deciding.clock,
    event,
    properties: { ...properties },
  };
  letIn(deciding, version, happened);
}

function meet({ document }: Deciding, journey: string, met: { at: Instant; last?: string }): void {
  document.met = { ...document.met, [journey]: { ...document.met?.[journey], ...met } };
}
