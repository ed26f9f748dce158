import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** The cores that server and load are held to, so that neither takes time from the other. */
export interface Cores {
  readonly server?: number;
  readonly load?: number;
  /** A sentence for the environment. */
  readonly description: string;
}

/** Decides where server and load run, and moves this process to the load's side. */
export function separateCores(): Cores {
  const [server, load] = allowedCores();
  if (server === undefined || load === undefined) {
    return {
      description: "server and load share their cores: this system does not say which there are two of",
    };
  }
  // With all its threads: collecting garbage and reading files must not take time of the server's core either.
  const moved = spawnSync("taskset", ["-acp", String(load), String(process.pid)]);
  if (moved.status !== 0) {
    const reason = moved.error ? "this system has no taskset" : "taskset may not move this process";
    return { description: `server and load share all cores: ${reason}` };
  }
  return { server, load, description: `server on core ${server}, load on core ${load}` };
}

/** The cores this process may use, such as `0-1,4`. Source: proc(5), Cpus_allowed_list of /proc/pid/status. */
function allowedCores(): number[] {
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  const ranges = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1]?.split(",") ?? [];
  return ranges.flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
