import type { Chart } from "./chart.ts";
import { figureRows } from "./drawing/figure-rows.ts";

const chart: Chart = {
  name: "browser-latency",
  scenario: "browser",
  claims: ["dynamic-duo"],
  description: "Latency from webhook to a page in a browser, by server: median and longest, log scale.",

  picture(run) {
    return figureRows(run, this.scenario, {
      figures: [
        { figure: "p50Ms", column: "p50", form: "filled" },
        { figure: "maxMs", column: "longest", form: "open" },
      ],
      axisTitle: "latency from the webhook's intended time to the page's JavaScript, logarithmic",
      explanation: "Filled: p50 (half of the events were there sooner). Open: the longest.",
    });
  },
};

export default chart;
