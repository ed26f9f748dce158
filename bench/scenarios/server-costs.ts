import { samplesFor } from "../stats/enough-samples.ts";
import { measuredCpu, wallMs } from "./cpu.ts";
import type { Costs, Figures, Measured } from "./scenario.ts";

/** How busy the server was, and why there is no CPU figure where there is none. */
export const serverBusy: Costs = {
  columns: [{ figure: "serverBusyPercent", title: "server busy", unit: "percent", better: "lower" }],
  figures: (measured) => {
    const cpu = measuredCpu(measured);
    const { before, after } = measured.server;
    if (cpu.ms === undefined)
      return {
        figures: { serverBusyPercent: undefined },
        notes: [`no CPU figures, since that of ended processes is in them: ${cpu.reason}`],
      };
    return { figures: { serverBusyPercent: (cpu.ms / wallMs(before, after)) * 100 }, notes: [] };
  },
};

/** What each delivery took of the server's CPU, a share of its webhook included. */
export const cpuPerDelivery: Costs = {
  columns: [{ figure: "cpuPerDeliveryUs", title: "server CPU per delivery", unit: "µs", better: "lower" }],
  figures: (measured) => {
    const { ms } = measuredCpu(measured);
    const deliveries = measured.latency.count;
    return {
      figures: {
        cpuPerDeliveryUs: ms === undefined || deliveries === 0 ? undefined : (ms * 1_000) / deliveries,
      },
      notes: [],
    };
  },
};

const loopIsNotTheServer =
  "no figures of event loop and garbage collection: this server works in threads or processes of its own, and its main loop only hands connections to them";

/** How busy the event loop was, and how much of the time was garbage collection. */
export const eventLoop: Costs = {
  columns: [
    { figure: "loopBusyPercent", title: "event loop busy", unit: "percent", better: "lower" },
    { figure: "gcPercent", title: "GC pauses", unit: "percent", better: "lower" },
  ],
  figures: ({ ioModel, server: { before, after } }) => {
    if (ioModel !== "event loop")
      return { figures: { loopBusyPercent: undefined, gcPercent: undefined }, notes: [loopIsNotTheServer] };
    const activeMs = after.loop.activeMs - before.loop.activeMs;
    const idleMs = after.loop.idleMs - before.loop.idleMs;
    return {
      figures: {
        loopBusyPercent: (activeMs / (activeMs + idleMs)) * 100,
        gcPercent: ((after.gc.totalMs - before.gc.totalMs) / wallMs(before, after)) * 100,
      },
      notes: [],
    };
  },
};

/**
 * By how much the event loop was late. Watching it wakes it, so only where CPU time at a set rate, or of an idle server,
 * is no figure: at 100 events a second it would be some 5 % of the CPU time of each.
 */
export const loopDelay: Costs = {
  columns: [
    { figure: "loopDelayP99Ms", title: "loop delay p99", unit: "ms", better: "lower" },
    { figure: "loopDelayMaxMs", title: "longest loop delay", unit: "ms", better: "lower" },
  ],
  figures: (measured) => delayFigures(measured),
};

function delayFigures({ server }: Measured): Figures {
  const delay = server.after.loopDelay;
  if (delay === undefined || delay.samples === 0)
    return { figures: { loopDelayP99Ms: undefined, loopDelayMaxMs: undefined }, notes: [] };
  const enough = delay.samples >= samplesFor(99);
  return {
    figures: { loopDelayP99Ms: enough ? delay.p99Ms : undefined, loopDelayMaxMs: delay.maxMs },
    notes: enough ? [] : [`no p99 of the loop's delay: it takes ${samplesFor(99)} looks at the loop`],
  };
}
