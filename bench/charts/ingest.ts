import type { Chart } from "./chart.ts";
import { figureRows } from "./drawing/figure-rows.ts";
import { threadFootnotes } from "./drawing/io-models.ts";

const chart: Chart = {
  name: "ingest",
  scenario: "ingest",
  claims: ["event-loop-scales-by-itself", "long-polling-inefficient"],
  description: "Webhooks per second that each server takes in, with nobody subscribed, log scale.",

  picture(run) {
    return figureRows(run, this.scenario, {
      figures: [{ figure: "perSecond", column: "webhooks", form: "filled" }],
      axisTitle: "webhooks per second, logarithmic",
      explanation: "Webhooks per second at full load; further right is more.",
      footnotes: threadFootnotes(run),
    });
  },
};

export default chart;
