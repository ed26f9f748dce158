import { threadRemark } from "../report/remarks.ts";
import type { Chart } from "./chart.ts";
import { figureRows } from "./drawing/figure-rows.ts";

const chart: Chart = {
  name: "memory-per-connection",
  scenario: "connections",
  claims: [],
  description: "Memory of each server per idle connection, log scale.",

  picture(run) {
    const hasThreads = run.servers.some((server) => server.ioModel === "thread per connection");
    return figureRows(run, this.scenario, {
      figures: [{ figure: "bytesPerConnection", column: "memory", form: "filled" }],
      axisTitle: "resident memory over that of the server without connections, per connection, logarithmic",
      explanation: "Resident memory of the server's process per idle connection.",
      footnotes: hasThreads ? [threadRemark] : [],
    });
  },
};

export default chart;
