/** A load process that sends webhooks as fast as they are answered (closed model), by autocannon. */
import autocannon from "autocannon";
import { nowMs } from "./clock.ts";
import { benchTopic, encodePayload } from "./payload.ts";
import { serve } from "./rpc.ts";

export interface IngestOrder {
  readonly http: string;
  readonly connections: number;
  readonly durationMs: number;
  readonly payloadBytes: number;
}

export interface Ingested {
  readonly accepted: number;
  readonly failed: number;
  readonly durationMs: number;
  readonly utilisation: number;
}

async function ingest(order: IngestOrder): Promise<Ingested> {
  const startMs = nowMs();
  const cpu = process.cpuUsage();
  const result = await autocannon({
    url: `${order.http}/hooks/${benchTopic}`,
    connections: order.connections,
    duration: order.durationMs / 1_000,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: encodePayload(startMs, order.payloadBytes),
  });
  const { user, system } = process.cpuUsage(cpu);
  return {
    accepted: result["2xx"],
    // Its errors include its timeouts.
    failed: result.non2xx + result.errors,
    // Autocannon's own: the rest of this call is its set-up.
    durationMs: result.duration * 1_000,
    utilisation: (user + system) / 1_000 / (nowMs() - startMs),
  };
}

const methods = { ingest };
export type IngestMethods = typeof methods;
serve(methods);
