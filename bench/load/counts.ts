/** How often each of some words came. */
export type Counts = Readonly<Record<string, number>>;

/** Counts `key` once more. */
export function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** What several counts come to together. */
export function addCounts(all: readonly Counts[]): Counts {
  const sum: Record<string, number> = {};
  for (const [key, times] of all.flatMap(Object.entries<number>)) sum[key] = (sum[key] ?? 0) + times;
  return sum;
}

/** How often all the words came together. */
export function totalOf(counts: Counts): number {
  return sumOf(Object.values(counts));
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
