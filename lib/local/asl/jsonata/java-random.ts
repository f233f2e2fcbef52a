// The first number that a java.util.Random gives for a seed: AWS's `$random(seed)` draws from one, so `$random(42)` is
// 0.7275636800328681 here as there. Source: https://docs.oracle.com/javase/8/docs/api/java/util/Random.html

const multiplier = 0x5_de_ec_e6_6dn;
const mask = (1n << 48n) - 1n;

/** Uniform in [0, 1); the seed is a whole number. */
export function seededDouble(seed: number): number {
  let state = (BigInt(seed) ^ multiplier) & mask;
  const next = (bits: bigint): bigint => {
    state = (state * multiplier + 0xbn) & mask;
    return state >> (48n - bits);
  };
  const high = next(26n);
  return Number((high << 27n) + next(27n)) / 2 ** 53;
}
