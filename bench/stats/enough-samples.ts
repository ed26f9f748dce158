/**
 * Samples that have to lie beyond a percentile, on average, for it to mean something: the rule of three. With three,
 * one trial in 20 has seen none of what its figure is about; with two, one in 7. The rule is one for all percentiles:
 * it is the same chance whichever is asked for.
 */
const beyond = 3;

/**
 * The fewest independent samples for a percentile: 6 for the 50th, 300 for the 99th, 3,000 for the 99.9th.
 * Deliveries of one event to many subscribers share its delays and are not independent: what counts is events.
 */
export function samplesFor(percent: number): number {
  if (!(percent > 0 && percent < 100))
    throw new RangeError(`expected a percentile between 0 and 100, both excluded, got ${percent}`);
  const tail = Math.min(percent, 100 - percent) / 100;
  // 3 / (100 - 99) * 100 must not become a little more than 300 in binary fractions.
  return Math.ceil(beyond / tail - 1e-6);
}

/** The highest percentile that so many independent samples are enough for; 50 at the least. */
export function highestPercentile(samples: number): number {
  return Math.max(50, 100 * (1 - beyond / Math.max(1, samples)));
}

/** Why there is no such percentile of so many independent samples (`events`, `answers`); undefined when there is. */
export function tooFewSamples(percent: number, samples: number, what: string): string | undefined {
  const needed = samplesFor(percent);
  if (samples >= needed) return undefined;
  const [takes, got] = [needed, samples].map((count) => count.toLocaleString("en"));
  return `no p${percent}: it takes ${takes} ${what}, so that ${beyond} lie beyond it, and there are ${got}`;
}
