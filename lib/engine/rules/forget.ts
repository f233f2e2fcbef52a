/** What a document need no longer know. Forgetting alone is no reason to write: it rides on a decision, once a day. */
import { runOfSend } from '#lib/contracts/ids.ts';
import type { Cap } from '#lib/contracts/step-calls.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import { LATE_GOAL_MILLIS, MOST_SENDS, SENDS_KEPT_DAYS } from '../budgets.ts';
import { versionOf, type Deciding } from '../deciding.ts';
import type { Workspace } from '../workspace.ts';
import type { SendRecord } from '../document.ts';
import { addDuration, subtractDuration } from '../time/add-duration.ts';
import { duration } from '../durations.ts';
import { decidingSends, isInAskedWindow } from './asked-messages.ts';
import { forgetInstants } from './aggregates.ts';
import { scopeOf } from './caps.ts';
import { counts } from './counts.ts';
import { capsToRemember } from './customers-caps.ts';

const DAY = 24 * 60 * 60 * 1000;

/** `before`: when the document was last written. */
export function forget(deciding: Deciding, before: Instant): void {
  const { document, now } = deciding;
  if (document.sends.length > MOST_SENDS) trimSends(deciding);
  if (now.slice(0, 10) === before.slice(0, 10)) return;
  for (const [id, watched] of Object.entries(document.watched))
    if (addMillis(watched.until, LATE_GOAL_MILLIS) <= now) delete document.watched[id];
  if (document.sends.length > 0) forgetSends(deciding);
  forgetEntries(deciding);
  forgetInstants(deciding);
}

function forgetSends(deciding: Deciding): void {
  const { document, now, workspace } = deciding;
  const since = sendsKeptSince(workspace, now);
  if (document.sends.every((send) => send.at >= since)) return;
  const deciders = decidingSends(workspace, document.sends, now);
  const bound = boundByCaps(deciding, capsToRemember(deciding));
  document.sends = document.sends.filter(
    (send) =>
      send.at >= since ||
      bound.has(send) ||
      deciders.has(send) ||
      isInAskedWindow(workspace, send, now) ||
      isAskedAbout(deciding, send),
  );
}

/** Worked out once for each day: months back are dear, and every customer asks. */
const keptSince = new WeakMap<Workspace, { readonly day: string; readonly since: Instant }>();

function sendsKeptSince(workspace: Workspace, now: Instant): Instant {
  const day = now.slice(0, 10);
  const known = keptSince.get(workspace);
  if (known?.day === day) return known.since;
  // From the day's beginning and in UTC: a day or two more of keeping changes no cap, because caps look at their own window.
  const today = `${day}T00:00:00.000Z` as Instant;
  const windows = workspace.capWindows.map((window) =>
    addMillis(subtractDuration(today, window, 'UTC'), -DAY),
  );
  const since = [addMillis(today, -SENDS_KEPT_DAYS * DAY), ...windows].reduce((a, b) => (a < b ? a : b));
  keptSince.set(workspace, { day, since });
  return since;
}

/** Drops the oldest that no cap, run or condition needs, down to the budget. */
function trimSends(deciding: Deciding): void {
  const { document } = deciding;
  const bound = new Set([
    ...boundByCaps(deciding, [...deciding.workspace.caps, ...capsToRemember(deciding)]),
    ...decidingSends(deciding.workspace, document.sends, deciding.now),
  ]);
  let spare = document.sends.length - MOST_SENDS;
  document.sends = document.sends.filter((send) => {
    if (spare <= 0 || bound.has(send) || isAskedAbout(deciding, send)) return true;
    spare -= 1;
    return false;
  });
}

/** Of what each cap counts together, the latest as many as it allows, inside its window: these decide when a place is free. */
function boundByCaps({ document, now }: Deciding, caps: readonly Cap[]): ReadonlySet<SendRecord> {
  const bound = new Set<SendRecord>();
  for (const { most, per, of } of caps) {
    if (per === undefined) continue;
    const since = addMillis(subtractDuration(now, duration(per), 'UTC'), -DAY);
    // By time: a send that was claimed anew for another channel stands where it first stood.
    const sends = document.sends
      .filter((send) => counts(send) && send.at >= since)
      .toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
    for (const together of Map.groupBy(sends, (send) => scopeOf(send, of)).values())
      for (const send of together.slice(-most)) bound.add(send);
  }
  return bound;
}

/** A send that is still under way, or that a condition of its active run asks about. */
function isAskedAbout(deciding: Deciding, send: SendRecord): boolean {
  const run = deciding.document.runs[runOfSend(send.key)];
  if (run === undefined || run.over !== undefined) return false;
  return send.state === 'claimed' || versionOf(deciding, run)?.asksAbout.has(send.step) === true;
}

/** Entry memory of journeys whose re-entry asks only how long ago: what is long enough ago says nothing any more. */
function forgetEntries(deciding: Deciding): void {
  const { document, workspace } = deciding;
  for (const { manifest } of workspace.entries.all) {
    const { key, reentry } = manifest.entry;
    const { mode, after, atMost } = reentry;
    const entries = document.entries[manifest.journey];
    if (
      key === undefined ||
      entries === undefined ||
      mode !== 'after' ||
      after === undefined ||
      atMost !== undefined
    )
      continue;
    document.entries[manifest.journey] = Object.fromEntries(
      Object.entries(entries).filter(([, entry]) => !isLongAgo(entry.last, after, deciding.now)),
    );
  }
}

function isLongAgo(last: Instant, after: string, now: Instant): boolean {
  // Two days more than the longest difference between zones, and room for late events.
  return addMillis(addDuration(last, duration(after), 'UTC'), 2 * DAY) < now;
}
