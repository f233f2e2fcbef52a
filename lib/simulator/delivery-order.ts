// Plays the calls of a file in the order in which they were received, whatever order the lines are in, without holding
// the stream in memory. The file is read twice: first for the order and for whose each call is, then for the calls, each
// of which waits only until all that comes before it has been read. A file in order holds one call; memory grows with the
// disorder. The second reading may be for some of the customers only; lines of the others are not parsed again.
import type { ReadCall } from '#lib/contracts/segment-call.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { fromMillis, toMillis } from '#lib/contracts/time.ts';
import type { Disorder } from './disorder.ts';
import { Identities } from './identities.ts';
import { CarriedIds, CustomerNumbers, EVERYBODY, NOBODY } from './owners.ts';
import { readLines } from './read-lines.ts';
import type { RefusedLines } from './refused-lines.ts';
import { readSegmentLine } from './segment-lines.ts';
import { StreamProblem } from './stream-problem.ts';

/** One arrival of a call. */
export interface Delivery {
  readonly call: ReadCall;
  /** The line of the file it stands in. */
  readonly line: number;
  /** A further delivery of a call that was delivered before in the stream's own order. */
  readonly duplicate: boolean;
  /** The customer's number, see owners.ts. */
  readonly owner: number;
}

/**
 * What the first reading of a stream found out. Deliveries are numbered in the order of the file. All of it can be handed
 * to another thread; the arrays are shared then, not copied.
 */
export interface StreamSurvey {
  readonly path: string;
  /** Events that may come without a customer. */
  readonly audiences: ReadonlySet<string>;
  /** Deliveries in the order in which they arrive. */
  readonly order: Uint32Array;
  /** Delivery → the line of the file it stands in. */
  readonly lines: Uint32Array;
  /** Delivery → when it arrives, in milliseconds since 1970. */
  readonly arrivals: Float64Array;
  /** Delivery → its customer's number, or NOBODY. */
  readonly owners: Uint32Array;
  /** The stream's own ids of the customers, by number. */
  readonly externals: readonly string[];
  /** How many deliveries arrive before the play ends, and how many of these are somebody's. */
  readonly arriving: number;
  readonly owned: number;
  /** When the first and the last of all deliveries arrive; absent where the stream has no call at all. */
  readonly first?: Instant;
  readonly last?: Instant;
}

const AS_IT_IS: readonly number[] = [0];

/**
 * Reads a stream for its order. Lines that are no calls are told to `refused`, once; then calls whose customer is unknown
 * when they arrive.
 * @param until deliveries after it are nobody's
 * @param audiences events that may come without a customer
 * @throws StreamProblem where the file cannot be read.
 */
export async function surveyStream(
  path: string,
  refused: RefusedLines,
  disorder?: () => Disorder,
  until?: Instant,
  audiences: ReadonlySet<string> = new Set(),
): Promise<StreamSurvey> {
  const delays = disorder?.();
  const received: number[] = [];
  const numbers: number[] = [];
  const ids = new CarriedIds();
  for await (const line of readLines(path)) {
    const call =
      line.text === undefined ? { refused: 'longer than 1 MB' } : readSegmentLine(line.text, audiences);
    if ('refused' in call) {
      refused.add(call.refused, line.number);
      continue;
    }
    const millis = toMillis(call.input.received);
    for (const delay of delays?.() ?? AS_IT_IS) {
      received.push(millis + delay);
      numbers.push(line.number);
      ids.add(call.user, call.anonymous);
    }
  }
  const count = received.length;
  const arrivals = new Float64Array(new SharedArrayBuffer(count * Float64Array.BYTES_PER_ELEMENT));
  arrivals.set(received);
  const lines = sharedNumbers(count);
  lines.set(numbers);
  const order = sharedNumbers(count);
  order.set(Uint32Array.from(numbers.keys()));
  if (!isAscending(arrivals)) order.sort((a, b) => (arrivals[a] ?? 0) - (arrivals[b] ?? 0) || a - b);
  const [first, last] = [arrivals[order[0] ?? -1], arrivals[order[count - 1] ?? -1]];
  return {
    path,
    audiences,
    order,
    lines,
    arrivals,
    ...findOwners({ order, lines, arrivals }, ids, refused, until),
    ...(first !== undefined && { first: fromMillis(first) }),
    ...(last !== undefined && { last: fromMillis(last) }),
  };
}

function findOwners(
  { order, lines, arrivals }: Pick<StreamSurvey, 'order' | 'lines' | 'arrivals'>,
  ids: CarriedIds,
  refused: RefusedLines,
  until: Instant | undefined,
): Pick<StreamSurvey, 'owners' | 'externals' | 'arriving' | 'owned'> {
  const end = until === undefined ? Number.POSITIVE_INFINITY : toMillis(until);
  const owners = sharedNumbers(order.length).fill(NOBODY);
  const identities = new Identities();
  const customers = new CustomerNumbers();
  let arriving = 0;
  let owned = 0;
  for (const delivery of order) {
    if ((arrivals[delivery] ?? 0) > end) break;
    arriving += 1;
    const external = ids.ownerOf(delivery, identities);
    if (ids.isForAll(delivery)) {
      owned += 1;
      owners[delivery] = EVERYBODY;
    } else if (external !== undefined) {
      owned += 1;
      owners[delivery] = customers.of(external);
    } else if (!isDuplicate(lines, delivery)) refused.add('anonymous', lines[delivery] ?? 0);
  }
  return { owners, externals: customers.externals(), arriving, owned };
}

/**
 * The calls of a surveyed stream in the order of their arrival; of those that arrive together, in the order of the file.
 * @param wanted by the customer's number; without it all calls come, those that are nobody's among them
 * @throws StreamProblem where the file has changed since it was surveyed.
 */
export async function* deliveriesInOrder(
  survey: StreamSurvey,
  wanted: (owner: number) => boolean = () => true,
): AsyncGenerator<Delivery> {
  const { order, lines, owners, path, audiences } = survey;
  const early = new Map<number, Delivery>();
  const isWanted = (delivery: number): boolean => wanted(owners[delivery] ?? NOBODY);
  let read = 0;
  let next = 0;
  for await (const line of readLines(path)) {
    const from = read;
    while (lines[read] === line.number) read += 1;
    if (read > from && !anyWanted(from, read, isWanted)) continue;
    const call = line.text === undefined ? undefined : readSegmentLine(line.text, audiences);
    const isCall = call !== undefined && !('refused' in call);
    if (isCall !== read > from) throw changed(path);
    if (!isCall) continue;
    for (let delivery = from; delivery < read; delivery += 1) {
      if (isWanted(delivery)) early.set(delivery, arrivalOf(survey, delivery, call));
    }
    while (next < order.length) {
      const due = order[next] ?? 0;
      const arrived = early.get(due);
      if (arrived === undefined && isWanted(due)) break;
      next += 1;
      early.delete(due);
      if (arrived !== undefined) yield arrived;
    }
  }
  if (read !== order.length || early.size > 0) throw changed(path);
}

function anyWanted(from: number, to: number, isWanted: (delivery: number) => boolean): boolean {
  for (let delivery = from; delivery < to; delivery += 1) if (isWanted(delivery)) return true;
  return false;
}

/** A late call is received later; when it happened stays as it is. */
function arrivalOf({ arrivals, lines, owners }: StreamSurvey, delivery: number, call: ReadCall): Delivery {
  const arrival = arrivals[delivery] ?? 0;
  const onTime = toMillis(call.input.received) === arrival;
  return {
    call: onTime ? call : { ...call, input: { ...call.input, received: fromMillis(arrival) } },
    line: lines[delivery] ?? 0,
    duplicate: isDuplicate(lines, delivery),
    owner: owners[delivery] ?? NOBODY,
  };
}

function isDuplicate(lines: Uint32Array, delivery: number): boolean {
  return delivery > 0 && lines[delivery - 1] === lines[delivery];
}

function changed(path: string): StreamProblem {
  return new StreamProblem(`${path} was changed while it was read`, 'content');
}

function sharedNumbers(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT));
}

function isAscending(arrivals: Float64Array): boolean {
  return arrivals.every((arrival, index) => index === 0 || (arrivals[index - 1] ?? 0) <= arrival);
}
