import { readFileSync } from "node:fs";

/** What went over the loopback interface since it was made: every packet counted once. */
export interface LoopbackTraffic {
  /** IP packets with their headers; a packet on loopback carries up to 64 KiB. */
  readonly bytes: number;
  readonly packets: number;
}

/** The counters of this process's own network, and so of every process it has started. */
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
