import type { ProcessUsage } from "../../servers/contract.ts";
import type { Measured } from "./scenario.ts";

/** CPU time of the server between two readings, its ended children included. */
export function cpuBetweenMs(before: ProcessUsage, after: ProcessUsage): number {
  return after.cpuMs - before.cpuMs + (after.childrenCpuMs ?? 0) - (before.childrenCpuMs ?? 0);
}

/** CPU time of the server per webhook accepted, in microseconds; undefined when none was. */
export function cpuPerEventUs({ server, accepted }: Measured): number | undefined {
  return accepted === 0 ? undefined : (cpuBetweenMs(server.before, server.after) * 1_000) / accepted;
}
