import { expect, it } from "vitest";
import { listenQueueGrowth, parseListenQueue, readListenQueue } from "../../../bench/probes/listen-queue.ts";

const netstat = `TcpExt: SyncookiesSent ListenOverflows ListenDrops TCPHPHits TCPSynRetrans TCPOrigDataSent
TcpExt: 9 17 18 7227 964 26710520
IpExt: InNoRoutes ListenDrops
IpExt: 0 77
`;

it("reads the counters by their names", () => {
  expect(parseListenQueue(netstat)).toEqual({ overflows: 17, drops: 18, synRetransmits: 964 });
});

it.each(["", "TcpExt: ListenOverflows ListenDrops\nTcpExt: 1 2\n", "TcpExt: ListenOverflows"])(
  "gives nothing where a counter is not to be had",
  (text) => {
    expect(parseListenQueue(text)).toBeUndefined();
  },
);

it("tells how much they grew, if both readings are there", () => {
  const before = { overflows: 1, drops: 2, synRetransmits: 3 };
  const after = { overflows: 1, drops: 4, synRetransmits: 10 };
  expect(listenQueueGrowth(before, after)).toEqual({ overflows: 0, drops: 2, synRetransmits: 7 });
  expect(listenQueueGrowth(undefined, after)).toBeUndefined();
  expect(listenQueueGrowth(before, undefined)).toBeUndefined();
});

it.runIf(process.platform === "linux")("reads those of this system", async () => {
  const queue = await readListenQueue();
  expect(queue?.synRetransmits).toBeGreaterThanOrEqual(0);
});
