import type { Run } from "../result.ts";
import type { Chart, DrawnChart } from "./chart.ts";

/** The list of charts: one line each. Its order is that of the report. */
export const charts = {
  "verdict-board": () => import("./verdict-board.ts"),
  "delivery-latency": () => import("./delivery-latency.ts"),
  "delivery-percentiles": () => import("./delivery-percentiles.ts"),
  "browser-latency": () => import("./browser-latency.ts"),
  "latency-against-load": () => import("./latency-against-load.ts"),
  "fan-out": () => import("./fan-out.ts"),
  factorial: () => import("./factorial.ts"),
  "connections-memory": () => import("./connections-memory.ts"),
  "cpu-per-event": () => import("./cpu-per-event.ts"),
  ingest: () => import("./ingest.ts"),
  "bytes-per-event": () => import("./bytes-per-event.ts"),
  "wasted-polls": () => import("./wasted-polls.ts"),
  "waiting-law": () => import("./waiting-law.ts"),
  "latency-ladder": () => import("./latency-ladder.ts"),
  "middlebox-matrix": () => import("./middlebox-matrix.ts"),
  "poison-counts": () => import("./poison-counts.ts"),
} as const satisfies Record<string, () => Promise<{ readonly default: Chart }>>;

/** Every chart, in the order of the list. */
export async function loadCharts(): Promise<Chart[]> {
  return Promise.all(Object.values(charts).map(async (load) => (await load()).default));
}

/** Every chart that the run has something for, drawn. */
export async function drawCharts(run: Run): Promise<DrawnChart[]> {
  const { compiled, drawSvg } = await import("./drawing/draw.ts");
  const drawn: DrawnChart[] = [];
  for (const chart of await loadCharts()) {
    const picture = chart.picture(run);
    if (picture === undefined) continue;
    const { name, scenario, claims, description } = chart;
    const { spec, table } = picture;
    const vega = compiled(spec);
    drawn.push({ name, scenario, claims, description, svg: await drawSvg(vega), vega, table });
  }
  return drawn;
}
