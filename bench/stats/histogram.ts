import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from "hdr-histogram-js";

/** Latencies beyond this are recorded as this. */
const highestMs = 60_000;

/**
 * A histogram of latencies, kept in microseconds with three significant digits.
 * Source: G. Tene, HdrHistogram.
 */
export class LatencyHistogram {
  readonly #histogram: Histogram;

  constructor(
    histogram = build({ highestTrackableValue: highestMs * 1_000, numberOfSignificantValueDigits: 3 }),
  ) {
    this.#histogram = histogram;
  }

  /** A histogram from its compressed base64 form. Throws when the text is not one. */
  static decode(text: string): LatencyHistogram {
    return new LatencyHistogram(decodeFromCompressedBase64(text));
  }

  record(latencyMs: number): void {
    this.#histogram.recordValue(Math.round(Math.min(Math.max(0, latencyMs), highestMs) * 1_000));
  }

  add(other: LatencyHistogram): void {
    this.#histogram.add(other.#histogram);
  }

  get count(): number {
    return this.#histogram.totalCount;
  }

  /** The latency that `percent` of all do not exceed, in milliseconds; undefined when there is none. */
  percentileMs(percent: number): number | undefined {
    return this.count === 0 ? undefined : this.#histogram.getValueAtPercentile(percent) / 1_000;
  }

  /** Undefined when there is none. */
  get meanMs(): number | undefined {
    return this.count === 0 ? undefined : this.#histogram.mean / 1_000;
  }

  encode(): string {
    return encodeIntoCompressedBase64(this.#histogram);
  }

  reset(): void {
    this.#histogram.reset();
  }
}
