import { readFileSync } from "node:fs";
import type { LoopbackTraffic } from "../scenarios/scenario.ts";

/**
 * What went over the loopback interface of this process's own network since that was made, and so what every process
 * it has started there has sent. A packet on loopback carries up to 64 KiB.
 */
export function readLoopbackTraffic(): LoopbackTraffic {
  return parseLoopbackTraffic(readFileSync("/proc/self/net/dev", "utf8"));
}

/**
 * Loopback receives each packet that it sends, and its Ethernet header is no part of either count: the received
 * ones are all. Source: proc(5) for the columns; loopback_xmit of the kernel's drivers/net/loopback.c.
 */
export function parseLoopbackTraffic(netDev: string): LoopbackTraffic {
  const [, bytes, packets] = /^\s*lo:\s*(\d+)\s+(\d+)/m.exec(netDev) ?? [];
  if (bytes === undefined || packets === undefined)
    throw new Error("expected a line for lo in /proc/self/net/dev, got none");
  return { bytes: Number(bytes), packets: Number(packets) };
}

/** How much went over it between two readings; undefined where one of them is. */
export function loopbackGrowth(
  before: LoopbackTraffic | undefined,
  after: LoopbackTraffic | undefined,
): LoopbackTraffic | undefined {
  if (before === undefined || after === undefined) return undefined;
  return { bytes: after.bytes - before.bytes, packets: after.packets - before.packets };
}
