import { readdirSync, readFileSync } from "node:fs";
import { parseCpuNs } from "./threads.ts";

/**
 * CPU time of all threads that a process has, in milliseconds, read from outside: one whose every thread is blocked
 * cannot say. Source: the kernel's Documentation/scheduler/sched-stats.rst, first field of /proc/pid/schedstat, in ns.
 */
export function readCpuMs(pid: number): number {
  const folder = `/proc/${pid}/task`;
  const times = readdirSync(folder).map((thread) =>
    parseCpuNs(readFileSync(`${folder}/${thread}/schedstat`, "utf8")),
  );
  return times.reduce((sum, ns) => sum + ns, 0) / 1e6;
}

/** The resident set, read from outside. Source: proc(5), VmRSS of /proc/pid/status, in KiB. */
export function readRssBytes(pid: number): number {
  return parseRssBytes(readFileSync(`/proc/${pid}/status`, "utf8"));
}

export function parseRssBytes(status: string): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes === undefined) throw new Error("expected a line VmRSS in /proc/pid/status, got none");
  return Number(kibibytes) * 1024;
}
