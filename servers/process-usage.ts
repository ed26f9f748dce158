import { readFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import type { ProcessUsage } from "./contract.ts";

const atStart = performance.eventLoopUtilization();

/** What this process has used since it started. */
export async function processUsage(): Promise<ProcessUsage> {
  const { user, system } = process.cpuUsage();
  return {
    cpuMs: (user + system) / 1_000,
    childrenCpuMs: await childrenCpuMs(),
    rssBytes: process.memoryUsage.rss(),
    eventLoopActiveMs: performance.eventLoopUtilization(atStart).active,
  };
}

/**
 * CPU time of the children that have ended, to 10 ms; undefined where there is no `/proc`.
 * Source: proc(5), fields cutime and cstime of /proc/pid/stat, in clock ticks of 1/100 s.
 */
async function childrenCpuMs(): Promise<number | undefined> {
  let stat: string;
  try {
    stat = await readFile("/proc/self/stat", "utf8");
  } catch {
    return undefined;
  }
  // The second field, the command's name, is in brackets and may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) * 10;
}
