import { readFile } from "node:fs/promises";

/**
 * What the kernel counts, for all sockets of the network namespace together, when connections come faster than
 * they are accepted. Source: Linux, `Documentation/networking/snmp_counter.rst`.
 */
export interface ListenQueue {
  /** Connections that found the queue of a listening socket full. */
  readonly overflows: number;
  /** Those, and all others that a listening socket refused. */
  readonly drops: number;
  /** SYN and SYN-ACK segments sent again: each a connection that waited a second or longer. */
  readonly synRetransmits: number;
}

/** The counters in the text of `/proc/self/net/netstat`; undefined when it does not have them. */
export function parseListenQueue(netstat: string): ListenQueue | undefined {
  const [names = [], values = []] = netstat
    .split("\n")
    .filter((line) => line.startsWith("TcpExt:"))
    .map((line) => line.split(" "));
  const counter = (name: string) => Number(values[names.indexOf(name)]);
  const queue = {
    overflows: counter("ListenOverflows"),
    drops: counter("ListenDrops"),
    synRetransmits: counter("TCPSynRetrans"),
  };
  return Object.values(queue).every(Number.isSafeInteger) ? queue : undefined;
}

/** The counters now; undefined where there is no `/proc`. */
export async function readListenQueue(): Promise<ListenQueue | undefined> {
  let netstat: string;
  try {
    netstat = await readFile("/proc/self/net/netstat", "utf8");
  } catch {
    return undefined;
  }
  return parseListenQueue(netstat);
}

/** How much the counters grew; undefined where one of the readings is. */
export function listenQueueGrowth(
  before: ListenQueue | undefined,
  after: ListenQueue | undefined,
): ListenQueue | undefined {
  if (before === undefined || after === undefined) return undefined;
  return {
    overflows: after.overflows - before.overflows,
    drops: after.drops - before.drops,
    synRetransmits: after.synRetransmits - before.synRetransmits,
  };
}
