/** Work side by side, but not all of it at once. */

/** Begins with each in order, at most so many at a time; rejects where `work` does, which should not. */
export async function eachAtMost<T>(
  atOnce: number,
  all: readonly T[],
  work: (one: T) => Promise<void>,
): Promise<void> {
  const left = all.values();
  const worker = async (): Promise<void> => {
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
}
