import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** The cores that server and load are held to, so that neither takes time from the other. */
export interface Cores {
  readonly server?: number;
  readonly load?: number;
  /** A sentence for the environment. */
  readonly description: string;
}

/** Decides where server and load run, and moves this process to the load's side. */
export function separateCores(): Cores {
  if (availableParallelism() < 2) return { description: "server and load share the only core" };
  const moved = spawnSync("taskset", ["-cp", "1", String(process.pid)]);
  if (moved.status !== 0)
    return { description: "server and load share all cores: this system has no taskset" };
  return { server: 0, load: 1, description: "server on core 0, load on core 1" };
}
