import type { Chart } from "./chart.ts";
import { figureRows } from "./drawing/figure-rows.ts";

const chart: Chart = {
  name: "ingest",
  scenario: "ingest",
  claims: [],
  description: "Webhooks per second that each server takes in, log scale.",

  picture(run) {
    return figureRows(run, this.scenario, {
      figures: [{ figure: "perSecond", column: "webhooks", form: "filled" }],
      axisTitle: "webhooks per second, logarithmic",
      explanation: "Webhooks per second at full load; further right is more.",
    });
  },
};

export default chart;
