import type { Chart } from "./chart.ts";
import { figureRows } from "./drawing/figure-rows.ts";

const chart: Chart = {
  name: "delivery-latency",
  scenario: "delivery",
  claims: ["dynamic-duo"],
  description: "Latency from webhook to subscriber of each server: median and 99th percentile, log scale.",

  picture(run) {
    return figureRows(run, this.scenario, {
      figures: [
        { figure: "p50Ms", column: "p50", form: "filled" },
        { figure: "p99Ms", column: "p99", form: "open" },
      ],
      axisTitle: "latency from the webhook's intended time, logarithmic",
      explanation: "Filled: p50 (half of the events were there sooner). Open: p99.",
    });
  },
};

export default chart;
