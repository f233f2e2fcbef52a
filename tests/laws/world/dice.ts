// Chance from a seed: the same seed throws the same dice, so that a history that breaks a law can be played again.
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Dice {
  /** True in `percent` of a hundred throws; a fraction of a percent counts too. */
  happens(percent: number): boolean;
  /** A whole number from 0 to `most`. */
  upTo(most: number): number;
  /** Uniform in [0, 1). */
  fraction(): number;
}

export function throwDice(seed: number): Dice {
  const random = xoroshiro128plus(seed);
  return {
    happens: (percent) => uniformInt(random, 0, 9999) < percent * 100,
    upTo: (most) => (most <= 0 ? 0 : uniformInt(random, 0, Math.floor(most))),
    fraction: () => uniformInt(random, 0, 0x7ffffffe) / 0x7fffffff,
  };
}
