import { nowMs } from "./clock.ts";

/** CPU over wall time of this process, from now until what this gives is called. */
export function countUtilisation(): () => number {
  const startMs = nowMs();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return (user + system) / 1_000 / (nowMs() - startMs);
  };
}
