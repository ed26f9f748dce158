import { readdirSync, readFileSync } from "node:fs";
import { parseObjectBytes } from "./socket-memory.ts";

/** What the kernel keeps of a thread beside its stack. Its credentials and its number are some 3 % more. */
const objects = ["task_struct"];

/**
 * Memory that the kernel takes for a process's threads and for the tables of its pages. No process's resident set has it.
 * As with sockets, a thread counts by the size of what it takes, not by the growth of caches that the whole machine uses.
 */
export function readThreadMemory(pid: number): number {
  const stackBytes = parseStackBytes(read("/proc/meminfo"), read("/proc/loadavg"));
  const each = stackBytes + parseObjectBytes(read("/proc/slabinfo"), objects);
  return readdirSync(`/proc/${pid}/task`).length * each + parsePageTableBytes(read(`/proc/${pid}/status`));
}

/** Of one thread: those of all threads of the machine, by their number. Source: proc(5), KernelStack and loadavg. */
export function parseStackBytes(meminfo: string, loadavg: string): number {
  const kibibytes = /^KernelStack:\s+(\d+) kB$/m.exec(meminfo)?.[1];
  const threads = /^\S+ \S+ \S+ \d+\/(\d+) /.exec(loadavg)?.[1];
  if (kibibytes === undefined || threads === undefined)
    throw new Error("expected KernelStack in meminfo and a number of threads in loadavg, got not both");
  return (Number(kibibytes) * 1024) / Number(threads);
}

/** Source: proc(5), line VmPTE of /proc/pid/status, in KiB. */
export function parsePageTableBytes(status: string): number {
  const kibibytes = /^VmPTE:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes === undefined) throw new Error("expected a line VmPTE in status, got none");
  return Number(kibibytes) * 1024;
}

function read(path: string): string {
  return readFileSync(path, "latin1");
}
