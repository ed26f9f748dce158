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

/** For the conditions of a scenario that has these figures. */
export const networkConditions =
  "IP bytes and packets are all that went over loopback while measuring, acknowledgements and idle polls too; a packet there carries up to 64 KiB.";
