import type { Random } from "./random.ts";

/** `poisson` as of many senders that know nothing of each other; `constant` as of a clock. */
export const arrivalKinds = ["constant", "poisson"] as const;
export type ArrivalKind = (typeof arrivalKinds)[number];

export interface ArrivalsOrder {
  readonly kind: ArrivalKind;
  readonly perSecond: number;
  readonly durationMs: number;
  /** Decides the arrivals of `poisson`, and nothing of `constant`. */
  readonly random: Random;
}

/**
 * When arrivals are intended, in milliseconds from the start, all before `durationMs`. The gaps of a Poisson process
 * are exponential and independent of each other; it can have any number of arrivals, none too.
 */
export function arrivals({ kind, perSecond, durationMs, random }: ArrivalsOrder): number[] {
  if (!(perSecond > 0 && perSecond < Number.POSITIVE_INFINITY))
    throw new RangeError(`expected a rate above 0 per second, got ${perSecond}`);
  if (!(durationMs >= 0 && durationMs < Number.POSITIVE_INFINITY))
    throw new RangeError(`expected a duration of 0 ms or more, got ${durationMs}`);
  const offsets: number[] = [];
  // From the number of the arrival, not from the last one: nothing adds up.
  const constant = () => (offsets.length * 1_000) / perSecond;
  const poisson = () => (offsets.at(-1) ?? 0) + exponential(1_000 / perSecond, random);
  const next = kind === "constant" ? constant : poisson;
  for (let offset = next(); offset < durationMs; offset = next()) offsets.push(offset);
  return offsets;
}

/** Inverse of the distribution: the share of gaps that are longer than this one is even over (0, 1]. */
function exponential(meanMs: number, random: Random): number {
  return -Math.log(1 - random()) * meanMs;
}
