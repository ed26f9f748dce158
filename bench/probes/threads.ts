import { readdirSync, readFileSync } from "node:fs";

/** What the threads of a process have done since each of them began. */
export interface ThreadUse {
  readonly threads: number;
  /** Times that one of them left its core: because it waited, and because it had to. */
  readonly switches: number;
  readonly cpuMs: number;
}

/**
 * Read from outside, thread by thread; one that has ended takes what it did with it. At once, so that the reading of
 * thousands of threads is not drawn out by whatever else this process does.
 */
export function readThreads(pid: number): ThreadUse {
  let switches = 0;
  let cpuNs = 0;
  const threads = readdirSync(`/proc/${pid}/task`);
  for (const thread of threads) {
    switches += parseSwitches(readFileSync(`/proc/${pid}/task/${thread}/status`, "latin1"));
    cpuNs += parseCpuNs(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "latin1"));
  }
  return { threads: threads.length, switches, cpuMs: cpuNs / 1e6 };
}

/** Source: proc(5), the lines voluntary_ctxt_switches and nonvoluntary_ctxt_switches of /proc/pid/task/tid/status. */
export function parseSwitches(status: string): number {
  const counts = [...status.matchAll(/^(?:non)?voluntary_ctxt_switches:\s+(\d+)$/gm)];
  if (counts.length !== 2) throw new Error(`expected two counts of context switches, got ${counts.length}`);
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Source: Linux, Documentation/scheduler/sched-stats.rst: the first field is time on the core, in nanoseconds. */
export function parseCpuNs(schedstat: string): number {
  const [, ns] = /^(\d+) \d+ \d+$/m.exec(schedstat) ?? [];
  if (ns === undefined)
    throw new Error(`expected three numbers in schedstat, got ${JSON.stringify(schedstat)}`);
  return Number(ns);
}
