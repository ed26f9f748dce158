import { readdir } from "node:fs/promises";
import { openFilesLimit } from "../environment/open-files.ts";
import { totalOf } from "../load/counts.ts";
import type { LoadRamped } from "../load/subscribers.ts";
import type { Load, RampResult } from "../scenarios/scenario.ts";

/** What the ramp of a trial came to, over all load processes. */
export interface RampSummary extends RampResult {
  readonly failures: number;
  /** What `limit` says, in short. */
  readonly endedBy: "target" | "open files" | "failures" | "time";
}

export async function summariseRamp(
  ramped: LoadRamped,
  load: Pick<Load, "subscribers" | "rampMs">,
  serverPid: number,
): Promise<RampSummary> {
  const { connected, durationMs, utilisation, memoryBytes, listenQueue } = ramped;
  const messages = Object.entries(ramped.failures).sort(([, a], [, b]) => b - a);
  const failures = totalOf(ramped.failures);
  const summary = {
    ...{ connected, durationMs, failures, listenQueue },
    loadUtilisation: utilisation,
    loadMemoryBytes: memoryBytes,
  };
  if (connected === load.subscribers)
    return { ...summary, endedBy: "target", limit: "all that were asked for are connected" };
  const limit = await openFilesLimit(serverPid);
  const open = limit === undefined ? 0 : (await readdir(`/proc/${serverPid}/fd`)).length;
  if (limit !== undefined && open > limit * 0.99) {
    return {
      ...summary,
      endedBy: "open files",
      limit: `the server process has ${open} files open, of the ${limit} the system allows it`,
    };
  }
  const [message] = messages;
  if (message) {
    return { ...summary, endedBy: "failures", limit: `attempts failed, most often with: ${message[0]}` };
  }
  return { ...summary, endedBy: "time", limit: `its time of ${load.rampMs / 1_000} s was over` };
}
