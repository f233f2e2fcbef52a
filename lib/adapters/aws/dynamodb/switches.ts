/** Journeys paused or resumed at run time: one item each, all in one partition, so that one query finds them. */
import { DeleteItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { ATTRIBUTES, KEYS } from '#lib/contracts/profiles-table.ts';
import type { JourneySwitch, JourneySwitches } from '#lib/engine/ports.ts';
import { answered, type ProfilesTable } from './table.ts';

const SORT_KEY = 'SWITCH#';
const POSITION = 'position';
const REASON = 'reason';
const AT = 'at';
/** How old the switches may be: every decision asks, and who pauses a journey waits no longer than it takes to look. */
const KEPT_MILLIS = 10_000;

/** Why the breaker has paused a journey, and when. */
export interface BreakerReason {
  readonly reason: string;
  readonly at: string;
}

/** The item of a switch; `why` beside it where it is known. */
export function switchItem(journey: string, position: JourneySwitch, why?: BreakerReason) {
  return {
    [ATTRIBUTES.partition]: { S: KEYS.deployment },
    [ATTRIBUTES.sort]: { S: `${SORT_KEY}${journey}` },
    [POSITION]: { S: position },
    ...(why === undefined ? {} : { [REASON]: { S: why.reason }, [AT]: { S: why.at } }),
  };
}

/**
 * `monotonic`: milliseconds that only grow. `set` with undefined takes the switch away: the journey is what its file says. Throws the
 * faults `TableUnavailable` and `TableRefused`.
 */
export function createSwitches(
  { client, name }: ProfilesTable,
  monotonic: () => number,
): JourneySwitches & {
  set(journey: string, to: JourneySwitch | undefined): Promise<void>;
  /** What the breaker has said of the journeys that it holds now. */
  breakerReasons(): Promise<ReadonlyMap<string, BreakerReason>>;
} {
  let known: ReadonlyMap<string, JourneySwitch> = new Map();
  let reasons: ReadonlyMap<string, BreakerReason> = new Map();
  let asked: Promise<void> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function read(): Promise<void> {
    const found = new Map<string, JourneySwitch>();
    const why = new Map<string, BreakerReason>();
    let start: Record<string, { S: string }> | undefined;
    do {
      const { Items: items = [], LastEvaluatedKey: last } = await answered(
        client.send(
          new QueryCommand({
            TableName: name,
            KeyConditionExpression: '#pk = :deployment AND begins_with(#sk, :switches)',
            ExpressionAttributeNames: { '#pk': ATTRIBUTES.partition, '#sk': ATTRIBUTES.sort },
            ExpressionAttributeValues: {
              ':deployment': { S: KEYS.deployment },
              ':switches': { S: SORT_KEY },
            },
            ExclusiveStartKey: start,
          }),
        ),
      );
      for (const item of items) {
        const position = item[POSITION]?.S;
        const journey = item[ATTRIBUTES.sort]?.S?.slice(SORT_KEY.length) ?? '';
        if (position !== 'paused' && position !== 'live' && position !== 'tripped') continue;
        found.set(journey, position);
        if (position === 'tripped')
          why.set(journey, { reason: item[REASON]?.S ?? '', at: item[AT]?.S ?? '' });
      }
      start = last as typeof start;
    } while (start !== undefined);
    reasons = why;
    // The same object as long as nothing has changed: a workspace is made for each set of switches.
    if (!isSame(known, found)) known = found;
  }

  async function current(): Promise<ReadonlyMap<string, JourneySwitch>> {
    if (monotonic() - askedAt >= KEPT_MILLIS) {
      askedAt = monotonic();
      asked = read();
    }
    try {
      await asked;
    } catch (error) {
      // Whoever comes next asks again.
      askedAt = Number.NEGATIVE_INFINITY;
      throw error;
    }
    return known;
  }

  return {
    current,

    async breakerReasons() {
      await current();
      return reasons;
    },

    async set(journey, to) {
      const Key = {
        [ATTRIBUTES.partition]: { S: KEYS.deployment },
        [ATTRIBUTES.sort]: { S: `${SORT_KEY}${journey}` },
      };
      if (to === undefined) await answered(client.send(new DeleteItemCommand({ TableName: name, Key })));
      else
        await answered(client.send(new PutItemCommand({ TableName: name, Item: switchItem(journey, to) })));
      askedAt = Number.NEGATIVE_INFINITY;
    },
  };
}

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([journey, position]) => b.get(journey) === position);
}
