import { wallMs } from "./cpu.ts";
import { joined } from "./joined.ts";
import type { Costs } from "./scenario.ts";

/** What goes over the network for a webhook: to the server, to all subscribers, and back. */
const ipPerEvent: Costs = {
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

/** What the connection of a subscriber carries for each event it gets: requests, heads and framing too. */
const applicationPerDelivery: Costs = {
  columns: [
    { figure: "bytesDownPerDelivery", title: "bytes down per delivery", unit: "bytes", better: "lower" },
    { figure: "bytesUpPerDelivery", title: "bytes up per delivery", unit: "bytes", better: "lower" },
  ],
  figures: ({ subscriberBytes: { bytesIn, bytesOut }, latency }) => {
    const perDelivery = (bytes: number) => (latency.count === 0 ? undefined : bytes / latency.count);
    return {
      figures: { bytesDownPerDelivery: perDelivery(bytesIn), bytesUpPerDelivery: perDelivery(bytesOut) },
      notes: [],
    };
  },
};

/** What the network carries where webhooks come and nobody is subscribed, or the sockets of who is are not ours. */
export const ingestNetwork: Costs = ipPerEvent;

/** What the network carries where events reach subscribers. */
export const deliveryNetwork: Costs = joined(applicationPerDelivery, ipPerEvent);

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

/** For the conditions of a scenario with these figures. */
export const deliveryConditions =
  "Bytes per delivery are all that subscribers' connections carried, down to them and up from them, idle polls too, without what TCP adds.";

/** For the conditions of a scenario with these figures. */
export const ipConditions =
  "IP bytes and packets are all that went over loopback while measuring, acknowledgements and idle polls too; a packet there carries up to 64 KiB.";
