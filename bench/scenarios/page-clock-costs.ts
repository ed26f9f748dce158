import type { Costs } from "./scenario.ts";

/** Above this part of the median, what is not known of the page's clock is worth a sentence. */
const notable = 0.25;

/** How well the clock of the subscribers is known, where it is not the load's. */
export const pageClock: Costs = {
  columns: [{ figure: "clockUncertaintyMs", title: "page's clock, ±", unit: "ms", better: "lower" }],
  figures: ({ clockUncertaintyMs, latency }) => {
    const medianMs = latency.percentileMs(50) ?? 0;
    return {
      figures: { clockUncertaintyMs },
      notes:
        clockUncertaintyMs <= notable * medianMs
          ? []
          : [
              `the page's clock is known to ± ${clockUncertaintyMs.toFixed(2)} ms, which is over ${notable * 100} % of the median: of each latency here, so much may be the clock's`,
            ],
    };
  },
};
