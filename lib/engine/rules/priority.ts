/**
 * Priority, where a cap leaves too few places: of one customer's sends that are ready or put off, the one of the journey with the
 * highest priority takes the place; of equals the one that was ready first, then the journey's id decides. What is claimed is
 * not recalled, and where there is room for all of them nobody waits for anybody.
 */
import { sendKey } from '#lib/contracts/ids.ts';
import type { Channel, SendCall, SendSettings } from '#lib/contracts/step-calls.ts';
import { addMillis, later, type Instant } from '#lib/contracts/time.ts';
import { versionOf, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Version } from '../workspace.ts';
import { askingOf, bindingCap, capsOn, isCounted, type Asking, type Taken } from './caps.ts';
import { channelsInOrder, drawnOrder } from './channel-order.ts';
import { hasOwnCaps } from './customers-caps.ts';
import { isStepHeld } from './journey-state.ts';
import { whyUnreachable } from './reach.ts';
import { closureOf, type HeldBack } from './sending-hours.ts';
import { expiryOf } from './wait-ends.ts';

/** A send that should have been decided so long ago stands still for another reason: nobody waits for it. */
const OVERDUE_MILLIS = 10 * 60 * 1000;

/** Another run's send that wants a place, and when it will take it. */
type Claiming = Asking & Taken;

/** Another run's send, and how it may go out: on which channels and when, in its order. */
interface Rival {
  readonly rank: Rank;
  readonly ways: readonly Claiming[];
}

interface Rank {
  readonly priority: number;
  readonly ready: Instant;
  readonly journey: string;
  readonly run: string;
}

/** Notes on the run that a marketing send is its next Task. Only where a cap could make two sends rivals. */
export function keepAhead(
  deciding: Deciding,
  version: Version,
  run: Run,
  ahead: NonNullable<Run['ahead']>,
): void {
  if (deciding.workspace.caps.length === 0 && !hasOwnCaps(deciding)) return;
  const node = version.manifest.flow.nodes[ahead.step];
  if (node?.kind === 'send' && node.settings.class === 'marketing') run.ahead = ahead;
}

/**
 * The send that the place under a cap belongs to instead, and when it will take it; undefined where there is room for every
 * send that goes before this one.
 */
export function sendThatGoesFirst(
  deciding: Deciding,
  call: SendCall,
  channel: Channel,
  reached: Instant,
): Pick<Claiming, 'journey' | 'at'> | undefined {
  const { runs } = deciding.document;
  const own = call.run.run;
  const run = runs[own];
  const version = run === undefined ? undefined : versionOf(deciding, run);
  if (run === undefined || version === undefined) return undefined;
  const rank = rankOf(own, run, version, reached);
  const rivals = Object.entries(runs)
    .flatMap(([id, other]) => (id === own ? [] : (rivalOf(deciding, id, other) ?? [])))
    .filter((rival) => goesBefore(rival.rank, rank))
    .toSorted((a, b) => (goesBefore(a.rank, b.rank) ? -1 : 1));
  const asking = askingOf(deciding, call, channel);
  const mine: Taken = { ...asking, at: deciding.now };
  const taken: Taken[] = [];
  for (const { ways } of rivals) {
    const way = ways.find((one) => bindingCap(deciding, one, one.at, taken) === undefined);
    // One that finds no place anyway takes none away.
    if (way === undefined) continue;
    if (bindingCap(deciding, way, way.at, [...taken, mine]) !== undefined) return way;
    taken.push(way);
    if (bindingCap(deciding, asking, deciding.now, taken) !== undefined) return way;
  }
  return undefined;
}

/**
 * The journey whose send has taken the place since this one was ready, and goes before it; undefined where the place was taken
 * before, or by one that had no better right to it: then the cap alone is the reason.
 */
export function journeyThatWentFirst(
  { document, workspace }: Deciding,
  { run }: SendCall,
  asking: Asking,
  reached: Instant,
): string | undefined {
  const priorityOf = (journey: string): number | undefined =>
    [...workspace.versions.values()].findLast(({ manifest }) => manifest.journey === journey)?.manifest
      .priority;
  const own = priorityOf(run.journey);
  if (own === undefined) return undefined;
  return document.sends.findLast((send) => {
    if (send.journey === run.journey || send.at < reached || !isCounted(send, asking)) return false;
    const other = priorityOf(send.journey) ?? 0;
    // Of equals only one claimed at this very instant was certainly not ready later.
    return other > own || (other === own && send.at === reached);
  })?.journey;
}

/** The send that the run has before it, if it is ready or put off and can still go out. */
function rivalOf(deciding: Deciding, id: string, run: Run): Rival | undefined {
  const { now, document } = deciding;
  // One that was put off before there was any cap has not been noted.
  const ahead =
    run.ahead ?? (run.deferred === undefined ? undefined : { ...run.deferred, at: run.deferred.until });
  if (ahead === undefined || run.over !== undefined) return undefined;
  const { step, visit } = ahead;
  const version = versionOf(deciding, run);
  const node = version?.manifest.flow.nodes[step];
  const key = sendKey(id, step, visit);
  if (version === undefined || node?.kind !== 'send' || visit <= (run.behind?.[step] ?? 0)) return undefined;
  if (node.settings.class === 'transactional') return undefined;
  // While they are held its sends are not ready, whatever they were put off to.
  if (isStepHeld(deciding.workspace, version, step)) return undefined;
  const record = document.sends.findLast((send) => send.key === key);
  if (record !== undefined && record.state !== 'failed') return undefined;
  const deferred = run.deferred?.step === step && run.deferred.visit === visit ? run.deferred : undefined;
  const due = deferred?.until ?? ahead.at;
  if ((deferred === undefined && due > now) || addMillis(due, OVERDUE_MILLIS) < now) return undefined;
  const ready = deferred?.reached ?? (run.folded?.step === step ? run.folded.reached : ahead.at);
  const { topic } = node.settings;
  const expiry = expiryOf(deciding, node.settings, ready);
  const ways = openings(
    deciding,
    node.settings,
    key,
    { run: id, expiry },
    later(due, now),
    record?.refused ?? [],
  )
    .filter(({ at }) => at <= expiry)
    .map((open) => ({
      key,
      journey: run.journey,
      topic,
      caps: capsOn(deciding, node.settings, open.channel),
      ...open,
    }));
  return { ways, rank: rankOf(id, run, version, ready) };
}

/** On which channels the send may go out and when, as far as can be seen now: where none is open, when the first one opens. */
function openings(
  deciding: Deciding,
  settings: SendSettings,
  key: string,
  asking: HeldBack,
  at: Instant,
  refused: readonly Channel[],
): readonly Pick<Claiming, 'channel' | 'at'>[] {
  const ways: { channel: Channel; at: Instant }[] = [];
  const closures = new Map(
    settings.channels
      .filter(
        (channel) =>
          !refused.includes(channel) && whyUnreachable(deciding, settings, channel, at) === undefined,
      )
      .map((channel) => [channel, closureOf(deciding, settings, channel, at, asking)]),
  );
  for (const { channel } of drawnOrder(deciding.document, settings, key))
    if (closures.has(channel) && closures.get(channel) === undefined) ways.push({ channel, at });
  if (ways.length > 0 || settings.ifQuiet === 'skip') return ways;
  const first = channelsInOrder(deciding.document, settings).find(({ channel }) => {
    const closure = closures.get(channel);
    return closure !== undefined && closure.until !== 'never';
  });
  const until = first === undefined ? undefined : closures.get(first.channel)?.until;
  return first === undefined || until === undefined || until === 'never'
    ? []
    : [{ channel: first.channel, at: until }];
}

function rankOf(run: string, { journey }: Run, { manifest }: Version, ready: Instant): Rank {
  return { priority: manifest.priority, ready, journey, run };
}

function goesBefore(a: Rank, b: Rank): boolean {
  if (a.priority !== b.priority) return a.priority > b.priority;
  if (a.ready !== b.ready) return a.ready < b.ready;
  if (a.journey !== b.journey) return a.journey < b.journey;
  return a.run < b.run;
}
