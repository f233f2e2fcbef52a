/**
 * Open cases with the service: while a customer has one, marketing waits (ADR 67). Which events open and close a case is said in the
 * settings, so it holds at once and for all journeys. Of one case what happened last by its own timestamp counts, and a case that nobody
 * closes is over after `atMost`.
 */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { hashHex } from '#lib/contracts/hash.ts';
import { later, type Instant } from '#lib/contracts/time.ts';
import type { ServiceCases } from '#lib/journey/service-cases.ts';
import { MOST_SERVICE_CASES } from '../budgets.ts';
import { ownRun, versionOf, zoneOf, type Deciding } from '../deciding.ts';
import type { CustomerDocument, Run } from '../document.ts';
import { duration } from '../durations.ts';
import { addDuration } from '../time/add-duration.ts';
import { goOn, goesOnAt } from './legs.ts';

/** Why a message waits, as the log says it. */
export const OPEN_SERVICE_CASE = 'open service case';

type Cases = NonNullable<CustomerDocument['cases']>;

/** Takes note of a case that this event opens or closes. */
export function applyServiceCase(deciding: Deciding, event: CustomerEvent): void {
  const { serviceCases } = deciding.workspace.settings;
  if (serviceCases === undefined) return;
  const { opened, closed } = serviceCases;
  // An event that means both means that it is over.
  if (event.event === closed.event)
    changeCase(deciding, serviceCases, nameOf(event, closed.case), event.at, false);
  else if (event.event === opened.event)
    changeCase(deciding, serviceCases, nameOf(event, opened.case), event.at, true);
}

/** When the last of the open cases is over at the latest; undefined where none is open. */
export function casesOpenUntil(deciding: Deciding): Instant | undefined {
  const { serviceCases } = deciding.workspace.settings;
  const { cases } = deciding.document;
  if (serviceCases === undefined || cases === undefined) return undefined;
  let last: Instant | undefined;
  for (const one of Object.values(cases)) {
    if (!one.open) continue;
    const until = overAt(deciding, serviceCases, one.at);
    if (until > deciding.now) last = last === undefined ? until : later(last, until);
  }
  return last;
}

/** The last case was closed: sends that have waited for it are decided again, each in the next leg of its run. */
export function letHeldSendsGo(deciding: Deciding, event: CustomerEvent): void {
  if (event.event !== deciding.workspace.settings.serviceCases?.closed.event) return;
  if (casesOpenUntil(deciding) !== undefined) return;
  for (const id of Object.keys(deciding.document.runs)) {
    if (!isHeld(deciding.document.runs[id])) continue;
    const run = ownRun(deciding, id);
    const version = run === undefined ? undefined : versionOf(deciding, run);
    if (run?.rest === undefined || run.deferred === undefined || version === undefined) continue;
    const { step, loop } = run.rest;
    run.deferred = { ...run.deferred, until: deciding.now };
    goOn(deciding, { id, run, version, loop, at: step, execution: 'by itself' });
  }
}

/** Parked at a send; what it was put off for besides is asked again. */
function isHeld(run: Run | undefined): boolean {
  return run !== undefined && goesOnAt(run) !== undefined && run.deferred?.step === run.rest?.step;
}

function changeCase(
  deciding: Deciding,
  settings: ServiceCases,
  name: string,
  at: Instant,
  open: boolean,
): void {
  const { document } = deciding;
  const before = document.cases?.[name];
  // Of one instant closing is the later: the order of arrival must not decide.
  if (before !== undefined && (before.at > at || (before.at === at && !before.open))) return;
  const kept = Object.entries({ ...document.cases, [name]: { at, open } })
    // What is over is remembered as long as an older event about it could come and open it again.
    .filter(([, one]) => overAt(deciding, settings, one.at) > deciding.now)
    // Open ones are kept before closed ones, and later ones before earlier ones.
    .toSorted(([, a], [, b]) =>
      a.open === b.open ? (a.at < b.at ? -1 : Number(a.at > b.at)) : Number(a.open) - Number(b.open),
    )
    .slice(-MOST_SERVICE_CASES);
  if (kept.length > 0) document.cases = Object.fromEntries(kept) as Cases;
  else if (document.cases !== undefined) delete document.cases;
  deciding.changed = true;
}

function overAt(deciding: Deciding, { atMost }: ServiceCases, at: Instant): Instant {
  return addDuration(at, duration(atMost), zoneOf(deciding.document, deciding.workspace));
}

/** Ids of cases may be anything: a hash of what stands there. Events that name none are all about one case. */
function nameOf({ properties }: CustomerEvent, path: string | undefined): string {
  let value: unknown = properties;
  for (const part of path === undefined ? [] : path.split('.').slice(1))
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? Reflect.get(value, part)
        : undefined;
  const isName =
    path !== undefined && (typeof value === 'string' || typeof value === 'number') && value !== '';
  return isName ? hashHex(String(value), 16) : 'unnamed';
}
