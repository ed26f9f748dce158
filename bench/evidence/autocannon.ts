import autocannon from "autocannon";
import { benchTopic, encodePayload } from "../load/payload.ts";

export interface AutocannonOrder {
  readonly http: string;
  readonly connections: number;
  /** Webhooks a second over all connections; absent: as many as are answered. */
  readonly overallRate?: number;
  readonly durationMs: number;
  readonly signal: AbortSignal;
}

export interface AutocannonReport {
  readonly answered: number;
  /** Values in its histogram of latencies: what was answered, and what it added. */
  readonly samples: number;
  /** As it reports them, in whole milliseconds. */
  readonly percentilesMs: readonly number[];
}

/** What autocannon makes of the server, percentile by percentile: p50, p90, p99, p99.9 and the longest. */
export async function runAutocannon(order: AutocannonOrder): Promise<AutocannonReport> {
  const { http, connections, overallRate, durationMs, signal } = order;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(
      {
        url: `${http}/hooks/${benchTopic}`,
        connections,
        ...(overallRate === undefined ? {} : { overallRate }),
        duration: durationMs / 1_000,
        method: "POST",
        headers: { "content-type": "application/json" },
        body: encodePayload(0, 128),
      },
      (error: unknown, finished) => (error ? reject(error) : resolve(finished)),
    );
    signal.addEventListener("abort", () => running.stop());
  });
  // It has the count, which its types do not know of.
  const latency: autocannon.Histogram & { totalCount?: number } = result.latency;
  const { p50, p90, p99, p99_9, max, totalCount = Number.NaN } = latency;
  return { answered: result["2xx"], samples: totalCount, percentilesMs: [p50, p90, p99, p99_9, max] };
}
