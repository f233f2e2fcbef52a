// Plays the calls of a file in the order in which they were received, whatever order the lines are in, without holding
// the stream in memory. The file is read twice: first for the order alone, then for the calls, each of which waits only
// until all that comes before it has been read. A file in order holds one call; memory grows with the disorder.
import type { Instant } from '#lib/contracts/time.ts';
import { addMillis, fromMillis, toMillis } from '#lib/contracts/time.ts';
import type { Disorder } from './disorder.ts';
import { readLines } from './read-lines.ts';
import type { RefusedLines } from './refused-lines.ts';
import { readSegmentLine, type StreamCall } from './segment-calls.ts';
import { StreamProblem } from './stream-problem.ts';

/** One arrival of a call. */
export interface Delivery {
  readonly call: StreamCall;
  /** The line of the file it stands in. */
  readonly line: number;
  /** A further delivery of a call that was delivered before in the stream's own order. */
  readonly duplicate: boolean;
}

/** What the first reading of a stream found out. */
export interface StreamSurvey {
  readonly path: string;
  /** Makes the same disorder anew for each reading; absent: the stream as it is. */
  readonly disorder?: () => Disorder;
  /** Deliveries in the order in which they arrive, numbered in the order of the file. */
  readonly order: Uint32Array;
  /** When the first and the last of them arrive; absent where the stream has no call at all. */
  readonly first?: Instant;
  readonly last?: Instant;
}

const AS_IT_IS: readonly number[] = [0];

/**
 * Reads a stream for its order. Lines that are no calls are told to `refused`, once.
 * @throws StreamProblem where the file cannot be read.
 */
export async function surveyStream(
  path: string,
  refused: RefusedLines,
  disorder?: () => Disorder,
): Promise<StreamSurvey> {
  const delays = disorder?.();
  const arrivals: number[] = [];
  for await (const line of readLines(path)) {
    const call = line.text === undefined ? { refused: 'longer than 1 MB' } : readSegmentLine(line.text);
    if ('refused' in call) {
      refused.add(call.refused, line.number);
      continue;
    }
    const received = toMillis(call.input.received);
    for (const delay of delays?.() ?? AS_IT_IS) arrivals.push(received + delay);
  }
  const order = Uint32Array.from(arrivals.keys());
  if (!isAscending(arrivals)) order.sort((a, b) => (arrivals[a] ?? 0) - (arrivals[b] ?? 0) || a - b);
  const [first, last] = [arrivals[order[0] ?? -1], arrivals[order[order.length - 1] ?? -1]];
  return {
    path,
    order,
    ...(disorder && { disorder }),
    ...(first !== undefined && { first: fromMillis(first) }),
    ...(last !== undefined && { last: fromMillis(last) }),
  };
}

/**
 * The calls of a surveyed stream in the order of their arrival; of those that arrive together, in the order of the file.
 * @throws StreamProblem where the file has changed since it was surveyed.
 */
export async function* deliveriesInOrder(survey: StreamSurvey): AsyncGenerator<Delivery> {
  const { order, path } = survey;
  const delays = survey.disorder?.();
  const early = new Map<number, Delivery>();
  let read = 0;
  let next = 0;
  for await (const line of readLines(path)) {
    const call = line.text === undefined ? undefined : readSegmentLine(line.text);
    if (call === undefined || 'refused' in call) continue;
    for (const [index, delay] of (delays?.() ?? AS_IT_IS).entries()) {
      early.set(read, { call: delayed(call, delay), line: line.number, duplicate: index > 0 });
      read += 1;
    }
    for (let due = take(early, order[next]); due !== undefined; due = take(early, order[next])) {
      next += 1;
      yield due;
    }
  }
  if (read !== order.length || early.size > 0)
    throw new StreamProblem(`${path} was changed while it was read`, 'content');
}

function take(early: Map<number, Delivery>, delivery: number | undefined): Delivery | undefined {
  if (delivery === undefined) return undefined;
  const due = early.get(delivery);
  early.delete(delivery);
  return due;
}

/** A late call is received later; when it happened stays as it is. */
function delayed(call: StreamCall, delay: number): StreamCall {
  if (delay === 0) return call;
  return { ...call, input: { ...call.input, received: addMillis(call.input.received, delay) } };
}

function isAscending(arrivals: readonly number[]): boolean {
  return arrivals.every((arrival, index) => index === 0 || (arrivals[index - 1] ?? 0) <= arrival);
}
