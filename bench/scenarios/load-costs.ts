import { connectionsForMemory } from "./memory-costs.ts";
import type { Costs } from "./scenario.ts";

/** Above this the load may be what was measured. */
export const busyLoad = 0.8;

/** The generator is measured too: over 80 % busy, and the figures may be its own. */
export const loadBusy: Costs = {
  columns: [{ figure: "loadBusyPercent", title: "load busy", unit: "percent", better: "lower" }],
  figures: ({ loadUtilisation }) => ({ figures: { loadBusyPercent: loadUtilisation * 100 }, notes: [] }),
};

/** What a subscriber takes of the load, and whether the load connected faster than the server accepted. */
export const loadPerConnection: Costs = {
  columns: [
    { figure: "rampLoadBusyPercent", title: "load busy in ramp", unit: "percent", better: "lower" },
    { figure: "loadBytesPerConnection", title: "load's memory each", unit: "bytes", better: "lower" },
  ],
  figures: ({ ramp: { connected, loadUtilisation, loadMemoryBytes, listenQueue } }) => {
    const enough = connected >= connectionsForMemory;
    const { overflows, synRetransmits } = listenQueue ?? { overflows: 0, synRetransmits: 0 };
    return {
      figures: {
        rampLoadBusyPercent: loadUtilisation * 100,
        loadBytesPerConnection: enough ? loadMemoryBytes / connected : undefined,
      },
      notes:
        overflows + synRetransmits === 0
          ? []
          : [
              `the ramp was too fast: the listen queue overflowed ${overflows} times, and ${synRetransmits} connections had to ask again, which takes a second`,
            ],
    };
  },
};
