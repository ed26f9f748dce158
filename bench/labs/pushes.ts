import { sumOf } from "../load/counts.ts";
import { median } from "../stats/median.ts";

/** What pushing events to all who are connected came to, one event after the other. */
export interface Pushes {
  /** Events that every subscriber got. */
  readonly events: number;
  /** Of these, when half and when all of the subscribers had it: the median over them. */
  readonly medianMs: number | undefined;
  readonly lastMs: number | undefined;
  /** Deliveries that came, and that were to come, of all events. */
  readonly delivered: number;
  readonly due: number;
  /** When the last subscriber had it, for each of them. */
  readonly lastsMs: readonly number[];
}

/** From the latencies of each round, in milliseconds, in any order. */
export function pushesOf(rounds: readonly (readonly number[])[], subscribers: number): Pushes {
  // The last of those who got an event is not the last: where somebody missed it, that never came.
  const whole = rounds.filter((latencies) => latencies.length > 0 && latencies.length >= subscribers);
  const lastsMs = whole.map((latencies) => latencies.reduce((last, ms) => Math.max(last, ms), 0));
  return {
    events: whole.length,
    medianMs: median(whole.flatMap((latencies) => median(latencies) ?? [])),
    lastMs: median(lastsMs),
    delivered: sumOf(rounds.map(({ length }) => Math.min(length, subscribers))),
    due: rounds.length * subscribers,
    lastsMs,
  };
}
