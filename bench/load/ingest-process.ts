/** A load process that sends webhooks as fast as they are answered (closed model), by autocannon. */
import autocannon from "autocannon";
import { nowMs } from "./clock.ts";
import { benchTopic, encodePayload } from "./payload.ts";
import { serve } from "./rpc.ts";
import { bytesSince, countSocketBytes, type SocketBytes } from "./socket-bytes.ts";

export interface IngestOrder {
  readonly http: string;
  readonly connections: number;
  readonly durationMs: number;
  readonly payloadBytes: number;
}

export interface Ingested extends SocketBytes {
  readonly accepted: number;
  readonly failed: number;
  readonly durationMs: number;
  readonly utilisation: number;
}

/** How often autocannon looks at its clock: it ends at the first look after its time. */
const sampleMs = 25;

const socketBytes = countSocketBytes();

async function ingest(order: IngestOrder): Promise<Ingested> {
  const beginMs = nowMs();
  const cpu = process.cpuUsage();
  const bytes = socketBytes();
  let startMs: number | undefined;
  let endMs = beginMs;
  const result = await run(
    {
      url: `${order.http}/hooks/${benchTopic}`,
      connections: order.connections,
      duration: order.durationMs / 1_000,
      sampleInt: sampleMs,
      method: "POST",
      headers: { "content-type": "application/json" },
      body: encodePayload(beginMs, order.payloadBytes),
      // Called for each connection just before it is made.
      setupClient: () => {
        startMs ??= nowMs();
      },
    },
    // Its own duration is rounded to 10 ms. The last tick comes when it stops counting, before it sums up.
    () => {
      endMs = nowMs();
    },
  );
  const { user, system } = process.cpuUsage(cpu);
  return {
    accepted: result["2xx"],
    // Its errors include its timeouts.
    failed: result.non2xx + result.errors,
    durationMs: endMs - (startMs ?? beginMs),
    utilisation: (user + system) / 1_000 / (nowMs() - beginMs),
    ...bytesSince(bytes, socketBytes()),
  };
}

function run(options: autocannon.Options, onTick: () => void): Promise<autocannon.Result> {
  return new Promise((resolve, reject) => {
    const instance = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
    instance.on("tick", onTick);
  });
}

const methods = { ingest };
export type IngestMethods = typeof methods;
serve(methods);
