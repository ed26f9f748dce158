import { readdir } from "node:fs/promises";
import { openFilesLimit } from "../environment/open-files.ts";
import type { Ramped } from "../load/ramp.ts";
import type { Load } from "../scenarios/scenario.ts";

/** What the ramp of a trial came to, over all load processes. */
export interface RampSummary {
  readonly connected: number;
  readonly durationMs: number;
  readonly failures: number;
  /** What ended the ramp, as words after "the ramp ended:". */
  readonly limit: string;
}

export async function summariseRamp(ramped: Ramped, load: Load, serverPid: number): Promise<RampSummary> {
  const { connected, durationMs } = ramped;
  const messages = Object.entries(ramped.failures).sort(([, a], [, b]) => b - a);
  const failures = messages.reduce((sum, [, count]) => sum + count, 0);
  const summary = { connected, durationMs, failures };
  if (connected === load.subscribers) return { ...summary, limit: "all that were asked for are connected" };
  const limit = await openFilesLimit(serverPid);
  const open = limit === undefined ? 0 : (await readdir(`/proc/${serverPid}/fd`)).length;
  if (limit !== undefined && open > limit * 0.99) {
    return {
      ...summary,
      limit: `the server process has ${open} files open, of the ${limit} the system allows it`,
    };
  }
  const [message] = messages;
  if (message) return { ...summary, limit: `attempts failed, most often with: ${message[0]}` };
  return { ...summary, limit: `its time of ${load.rampMs / 1_000} s was over` };
}
