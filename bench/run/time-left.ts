import type { ExpectedTime } from "./expected-time.ts";

/** A piece of a run's work, such as a trial; pieces of one kind have the same overhead. */
export interface Work extends ExpectedTime {
  readonly kind: string;
}

interface Overheads {
  /** Less than nothing where its traffic ended early. */
  tookMs: number;
  pieces: number;
}

/**
 * Estimates the time that work will take. Its traffic lasts as long as it is told to. The overhead of a kind that
 * was seen is the mean of what it took; that of any other is as far from what was expected as all seen so far.
 */
export class TimeLeft {
  readonly #seen = new Map<string, Overheads>();
  #expectedMs = 0;
  #tookMs = 0;

  /** The piece is done, and took so long in all. */
  done({ kind, trafficMs, overheadMs }: Work, tookMs: number): void {
    const ofKind = this.#seen.get(kind) ?? { tookMs: 0, pieces: 0 };
    this.#seen.set(kind, ofKind);
    ofKind.tookMs += tookMs - trafficMs;
    ofKind.pieces++;
    this.#expectedMs += Math.max(0, overheadMs);
    this.#tookMs += Math.max(0, tookMs - trafficMs);
  }

  /** What these pieces will take together. */
  ofMs(ahead: readonly Work[]): number {
    return ahead.reduce((sum, work) => sum + work.trafficMs + this.#overheadMs(work), 0);
  }

  #overheadMs({ kind, overheadMs }: Work): number {
    const ofKind = this.#seen.get(kind);
    if (ofKind !== undefined) return ofKind.tookMs / ofKind.pieces;
    return this.#expectedMs === 0 ? overheadMs : overheadMs * (this.#tookMs / this.#expectedMs);
  }
}
