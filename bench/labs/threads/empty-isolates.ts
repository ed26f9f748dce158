/** A process of worker threads with nothing to do: what a V8 isolate takes before anything runs in it. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { nowMs } from "../../load/clock.ts";
import { serve } from "../../load/rpc.ts";

/** Waits for what never comes. */
const rest = 'require("node:worker_threads").parentPort.once("message", () => {})';

/** Starts so many at once; gives how many milliseconds it took until the last of them ran. */
async function start(count: number): Promise<number> {
  const startMs = nowMs();
  const workers = Array.from({ length: count }, () => new Worker(rest, { eval: true, execArgv: [] }));
  await Promise.all(workers.map((worker) => once(worker, "online")));
  return nowMs() - startMs;
}

const methods = { start };
export type EmptyIsolatesMethods = typeof methods;
serve(methods);
