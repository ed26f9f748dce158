import type { ProcessUsage } from "../../servers/contract.ts";
import { tooCoarse } from "../stats/resolution.ts";
import type { Measured } from "./scenario.ts";

/** CPU time of ended children is told in two parts, user and system, each cut to ticks of 10 ms. */
const childrenStepMs = 20;

/** CPU time of the server while measuring, its ended children included; or why it cannot be told. */
export type MeasuredCpu = { readonly ms: number } | { readonly ms: undefined; readonly reason: string };

export function measuredCpu({ server: { before, after } }: Measured): MeasuredCpu {
  const childrenMs = (after.childrenCpuMs ?? 0) - (before.childrenCpuMs ?? 0);
  const ms = after.cpuMs - before.cpuMs + childrenMs;
  const reason = childrenMs === 0 ? undefined : tooCoarse(ms, childrenStepMs, "ms");
  return reason === undefined ? { ms } : { ms: undefined, reason };
}

/** Wall time between two readings of the server. */
export function wallMs(before: ProcessUsage, after: ProcessUsage): number {
  return after.atMs - before.atMs;
}

/** CPU time of the server per webhook accepted, in microseconds; undefined when none was. */
export function cpuPerEventUs(measured: Measured): number | undefined {
  const { ms } = measuredCpu(measured);
  return ms === undefined || measured.accepted === 0 ? undefined : (ms * 1_000) / measured.accepted;
}
