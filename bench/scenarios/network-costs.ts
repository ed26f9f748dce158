import { wallMs } from "./cpu.ts";
import type { Costs } from "./scenario.ts";

/** What goes over the network for an event: to the server, to all subscribers, and back. */
export const networkPerEvent: Costs = {
  columns: [
    { figure: "ipBytesPerEvent", title: "IP bytes per event", unit: "bytes", better: "lower" },
    { figure: "packetsPerEvent", title: "packets per event", unit: "count", better: "lower" },
  ],
  figures: ({ loopback, accepted }) => {
    const perEvent = (value: number | undefined) =>
      value === undefined || accepted === 0 ? undefined : value / accepted;
    return {
      figures: {
        ipBytesPerEvent: perEvent(loopback?.bytes),
        packetsPerEvent: perEvent(loopback?.packets),
      },
      notes: [],
    };
  },
};

/** What goes over the network to keep a connection on which nothing happens. */
export const idleNetwork: Costs = {
  columns: [
    {
      figure: "idleIpBytesPerConnectionSecond",
      title: "idle IP bytes each, per s",
      unit: "bytes",
      better: "lower",
    },
  ],
  figures: ({ loopback, ramp, server: { before, after } }) => {
    const connectionSeconds = ramp.connected * (wallMs(before, after) / 1_000);
    return {
      figures: {
        idleIpBytesPerConnectionSecond:
          loopback === undefined || ramp.connected === 0 ? undefined : loopback.bytes / connectionSeconds,
      },
      notes: [],
    };
  },
};

/** For the conditions of a scenario that has these figures. */
export const networkConditions =
  "IP bytes and packets are all that went over loopback while measuring, acknowledgements and idle polls too; a packet there carries up to 64 KiB.";
