import { nowMs } from "../load/clock.ts";
import { LatencyHistogram } from "../stats/histogram.ts";
import { Alarm } from "./alarm.ts";
import { DelayLine } from "./delay-line.ts";
import type { Link } from "./networks.ts";

export type Direction = "toServer" | "toClient";

/** A link as it runs: what is handed to it happens when it would at the other end. */
export class DelayedLink {
  /** How long after its time each thing happened. */
  readonly lateness = new LatencyHistogram();
  /** What entered each direction. */
  readonly bytes: Record<Direction, number> = { toServer: 0, toClient: 0 };
  readonly #directions: Readonly<Record<Direction, DelayLine<() => void>>>;
  /** Connections under way to being set up: a round trip each, and no bytes to speak of. */
  readonly #setUps: DelayLine<() => void>;
  readonly #lines: readonly DelayLine<() => void>[];
  readonly #alarm = new Alarm(() => this.#deliver());

  constructor({ roundTripMs, bitsPerSecond }: Link) {
    const line = () => new DelayLine<() => void>(roundTripMs / 2, bitsPerSecond);
    this.#directions = { toServer: line(), toClient: line() };
    this.#setUps = new DelayLine(roundTripMs, bitsPerSecond);
    this.#lines = [this.#setUps, ...Object.values(this.#directions)];
  }

  /** Calls `arrived` when `bytes` bytes that leave now have come to the other end. */
  carry(direction: Direction, bytes: number, arrived: () => void): void {
    this.bytes[direction] += bytes;
    this.#enter(this.#directions[direction], bytes, arrived);
  }

  /** Calls `established` one round trip from now. */
  setUp(established: () => void): void {
    this.#enter(this.#setUps, 0, established);
  }

  /** How long the event loop was turned over for nothing, waiting for what was soon due. */
  get turningMs(): number {
    return this.#alarm.turningMs;
  }

  /** Forgets what was carried so far, and how late. */
  reset(): void {
    this.lateness.reset();
    this.bytes.toServer = 0;
    this.bytes.toClient = 0;
  }

  #enter(line: DelayLine<() => void>, bytes: number, then: () => void): void {
    line.enter(then, bytes, nowMs());
    this.#alarm.set(line.nextDueMs);
  }

  #deliver(): void {
    for (const line of this.#lines) {
      for (;;) {
        const timeMs = nowMs();
        const due = line.take(timeMs);
        if (due === undefined) break;
        this.lateness.record(timeMs - due.dueMs);
        due.item();
      }
    }
    for (const line of this.#lines) this.#alarm.set(line.nextDueMs);
  }
}
