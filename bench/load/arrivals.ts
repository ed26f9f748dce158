import { type ArrivalKind, arrivals } from "../stats/poisson.ts";
import { seededRandom } from "../stats/random.ts";

/** A schedule of webhooks: the same kind and seed give the same times, so that servers can be paired. */
export interface Arrivals {
  readonly kind: ArrivalKind;
  readonly seed: number;
}

/** When webhooks are to be sent, in milliseconds from the start. */
export function arrivalOffsetsMs({ kind, seed }: Arrivals, perSecond: number, durationMs: number): number[] {
  return arrivals({ kind, perSecond, durationMs, random: seededRandom(seed) });
}
