import { openSync, readSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import type { ProcessUsage, UsageRequest } from "./contract.ts";
import { GcPauses } from "./gc-pauses.ts";
import { LoopDelayWatch } from "./loop-delay.ts";

/**
 * What the kernel says of this process, where there is a `/proc`. Opened at once and kept open: a server that
 * has reached its limit of open files must still be able to say what it uses.
 */
const status = openProcessFile("status");
const stat = openProcessFile("stat");

const gcPauses = new GcPauses();
const loopDelay = new LoopDelayWatch();

/**
 * What this process has used since it started. What is cheap is always counted; watching the loop's delay is not
 * free, so it begins when asked for.
 */
export async function processUsage(request: UsageRequest): Promise<ProcessUsage> {
  if (request.collectGarbage) globalThis.gc?.();
  // Node tells of a collection in the loop's next turn.
  await setImmediate();
  if (request.watchLoopDelay) loopDelay.restart();
  const { user, system } = process.cpuUsage();
  const { idle, active } = performance.eventLoopUtilization();
  return {
    atMs: Number(process.hrtime.bigint()) / 1e6,
    cpuMs: (user + system) / 1_000,
    childrenCpuMs: stat === undefined ? undefined : childrenCpuMs(stat),
    rssBytes: status === undefined ? process.memoryUsage.rss() : rssBytes(status),
    loop: { idleMs: idle, activeMs: active },
    gc: gcPauses.read(),
    loopDelay: loopDelay.read(),
  };
}

/** The resident set. Source: proc(5), VmRSS of /proc/pid/status, in KiB. */
function rssBytes(fd: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readAgain(fd))?.[1];
  if (kibibytes === undefined) throw new Error("expected a line VmRSS in /proc/self/status, got none");
  return Number(kibibytes) * 1024;
}

/**
 * CPU time of the children that have ended, to 10 ms.
 * Source: proc(5), fields cutime and cstime of /proc/pid/stat, in clock ticks of 1/100 s.
 */
function childrenCpuMs(fd: number): number {
  const line = readAgain(fd);
  // The second field, the command's name, is in brackets and may hold spaces.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

function openProcessFile(name: string): number | undefined {
  try {
    return openSync(`/proc/self/${name}`, "r");
  } catch {
    return undefined; // Only Linux has it.
  }
}

/** A file of `/proc` is written anew whenever it is read from its beginning. */
function readAgain(fd: number): string {
  const buffer = Buffer.alloc(8192);
  return buffer.toString("latin1", 0, readSync(fd, buffer, 0, buffer.length, 0));
}
