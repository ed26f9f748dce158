import type { Chart } from "./chart.ts";
import { figureRows } from "./drawing/figure-rows.ts";

const chart: Chart = {
  name: "fan-out",
  scenario: "fan-out",
  claims: [],
  description:
    "Time until the first, the median and the last subscriber of each server has an event, log scale.",

  picture(run) {
    return figureRows(run, this.scenario, {
      figures: [
        { figure: "firstMs", column: "first", form: "open" },
        { figure: "medianMs", column: "median", form: "filled" },
        { figure: "lastMs", column: "last", form: "open" },
      ],
      axisTitle: "time from webhook to subscriber, logarithmic",
      explanation: "Filled: the median subscriber. Open: the first (left) and the last (right).",
    });
  },
};

export default chart;
