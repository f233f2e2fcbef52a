/** Work side by side, but not all of it at once. */

/** Begins with each in order, at most so many at a time; rejects where `work` does, which should not. */
export async function eachAtMost<T>(
  atOnce: number,
  all: readonly T[],
  work: (one: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < all.length) {
      const one = all[next] as T;
      next += 1;
      await work(one);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
}
