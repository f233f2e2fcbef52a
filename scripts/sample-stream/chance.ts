// Everything in the sample stream that looks like chance comes from here: seeded, so that the same script always writes
// the same stream.
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Chance {
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** True so often in a hundred. */
  inHundred(percent: number): boolean;
  one<T>(choices: readonly T[]): T;
  /** One of the keys, each as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
}

/** Each seed is a sequence of its own: what one customer does never changes what the next one does. */
export function chanceOf(seed: number): Chance {
  const generator = xoroshiro128plus(seed);
  const between = (least: number, most: number): number => uniformInt(generator, least, most);
  return {
    between,
    inHundred: (percent) => between(1, 100) <= percent,
    one: (choices) => {
      const chosen = choices[between(0, choices.length - 1)];
      if (chosen === undefined) throw new RangeError('there is nothing to choose from');
      return chosen;
    },
    weighted: (weights) => {
      const keys = Object.keys(weights) as (keyof typeof weights)[];
      let left = between(
        1,
        keys.reduce((sum, key) => sum + weights[key], 0),
      );
      for (const key of keys) {
        left -= weights[key];
        if (left <= 0) return key;
      }
      throw new RangeError('the weights are not positive');
    },
  };
}
