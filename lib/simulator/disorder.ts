// Makes a clean stream as untidy as the real world, the same way for the same seed: some calls arrive twice, some late.
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Of a hundred calls, how many are delivered a second time. */
const DUPLICATED_PERCENT = 5;
/** Of a hundred deliveries, how many are late. */
const DELAYED_PERCENT = 20;
/** Milliseconds. */
const LONGEST_DELAY = 60 * 60 * 1000;

/** For each call of a stream in turn: how many milliseconds after it was received each of its deliveries arrives. */
export type Disorder = () => readonly number[];

/**
 * Five calls in a hundred are delivered twice, one delivery in five is late by up to an hour. Ask once for each call, in
 * the order of the stream: the answers depend on the seed and on how often was asked, on nothing else.
 * @param seed any integer
 */
export function createDisorder(seed: number): Disorder {
  const random = xoroshiro128plus(seed);
  const percent = (share: number): boolean => uniformInt(random, 1, 100) <= share;
  const delay = (): number => (percent(DELAYED_PERCENT) ? uniformInt(random, 1, LONGEST_DELAY) : 0);
  return () => (percent(DUPLICATED_PERCENT) ? [delay(), delay()] : [delay()]);
}
