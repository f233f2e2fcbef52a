/**
 * Journeys into which time or membership lets have to know from when on a customer is theirs: what was before lets in nobody by
 * itself. A new customer is theirs from the first moment. A journey that goes live meets the customers whom it finds with their
 * next input, or when they are looked at; of a segment's members it then lets those in who are members already, if it says so.
 */
import type { Instant } from '#lib/contracts/time.ts';
import type { Deciding } from '../deciding.ts';
import type { CustomerDocument } from '../document.ts';
import type { Version, Workspace } from '../workspace.ts';
import { letIn } from './entries.ts';

/** For a customer whom nobody has heard of before. */
export function meetAll(document: CustomerDocument, workspace: Workspace, now: Instant): void {
  const { meeting } = workspace.entries;
  if (meeting.length === 0) return;
  document.met = Object.fromEntries(meeting.map(({ manifest }) => [manifest.journey, { at: now }]));
}

/** As what a deployment leaves to be decided (due.ts). */
export const metJourneysDue = {
  next: (): undefined => undefined,
  isBehind: (document: CustomerDocument, workspace: Workspace): boolean =>
    workspace.entries.meeting.some((version) => isNew(document, version)),
  decide: (deciding: Deciding): void => {
    const { document, workspace, clock } = deciding;
    for (const version of workspace.entries.meeting) {
      if (!isNew(document, version)) continue;
      const { journey } = version.manifest;
      document.met = { ...document.met, [journey]: { at: clock } };
      letExistingIn(deciding, version);
    }
  },
};

function isNew({ met }: CustomerDocument, { manifest }: Version): boolean {
  return met === undefined || !Object.hasOwn(met, manifest.journey);
}

function letExistingIn(deciding: Deciding, version: Version): void {
  const { trigger } = version.manifest.entry;
  if (trigger.kind !== 'enters' || deciding.document.segments[trigger.segment] === undefined) return;
  letIn(deciding, version, {
    kind: 'event',
    id: `${version.manifest.journey}@existing`,
    at: deciding.clock,
    received: deciding.clock,
    event: 'Segment Entered',
    properties: { segment: trigger.segment, existing: true },
  });
}
