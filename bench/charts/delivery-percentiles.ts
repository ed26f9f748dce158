import { type Cell, cellsOf, groupByPoint } from "../report/cells.ts";
import { formatFigure, formatPoint } from "../report/format.ts";
import { mergedHistogram } from "../report/merged-histogram.ts";
import { markedRemarks } from "../report/remarks.ts";
import { marksOf, stateText } from "../report/tables.ts";
import { countText } from "../report/trials-text.ts";
import type { Run } from "../result.ts";
import { highestPercentile } from "../stats/enough-samples.ts";
import type { Chart, PictureTable } from "./chart.ts";
import { conditionsText } from "./drawing/layout.ts";
import { type PercentilePanel, type PercentilePoint, percentilePanels } from "./drawing/percentile-panels.ts";

/** Steps a nine: enough for a smooth line. */
const stepsPerNine = 6;

const chart: Chart = {
  name: "delivery-percentiles",
  scenario: "delivery",
  claims: ["dynamic-duo"],
  description:
    "Latency of each server at every percentile that there are enough events for, both scales logarithmic.",

  picture(run) {
    const scenario = run.scenarios.find((candidate) => candidate.name === this.scenario);
    // The largest load tells the servers apart; the smaller ones are in the table.
    const cells = groupByPoint(cellsOf(run, this.scenario)).at(-1) ?? [];
    const panels = cells.map((cell) => panelOf(run, cell));
    if (scenario === undefined || panels.every((panel) => panel.points.length === 0)) return undefined;
    const spec = percentilePanels({
      question: "How late are the latest events?",
      explanation: [
        `At ${formatPoint(cells[0]?.point ?? {})}. At p99: the latency that 99 of 100 events did not exceed. Grey: the other servers.`,
        conditionsText(run, `all events of ${countText(cells)}, as far as three lie beyond`),
      ],
      panels,
      footnotes: markedRemarks(cells),
    });
    return { spec, table: tableOf(panels) };
  },
};

export default chart;

/** By percentiles that have a name. */
function tableOf(panels: readonly PercentilePanel[]): PictureTable {
  const shown = [
    ["p50", 2],
    ["p90", 10],
    ["p99", 100],
    ["p99.9", 1_000],
  ] as const;
  return {
    columns: ["server", ...shown.map(([name]) => name)],
    rows: panels.map(({ server, marks, points, message }) => ({
      server,
      cells: [
        `${server}${marks}`,
        ...shown.map(([, wanted]) => {
          const point = points.findLast(({ oneIn }) => oneIn <= wanted * 1.001);
          const reached = (points.at(-1)?.oneIn ?? 0) >= wanted * 0.999;
          return (
            message ?? (point === undefined || !reached ? "too few events" : formatFigure(point.ms, "ms"))
          );
        }),
      ],
    })),
  };
}

function panelOf(run: Run, cell: Cell): PercentilePanel {
  const points = pointsOf(cell);
  return {
    server: cell.arm,
    ioModel: run.servers.find((server) => server.name === cell.arm)?.ioModel ?? "event loop",
    marks: marksOf(cell),
    points,
    ...(points.length > 0 ? {} : { message: cell.state === "completed" ? "not read" : stateText(cell) }),
  };
}

/** The line begins near the first quartile and ends at the last percentile that there are enough events for. */
function pointsOf(cell: Cell): PercentilePoint[] {
  const histogram = mergedHistogram(
    cell.trials.flatMap(({ outcome }) =>
      outcome.state === "completed" && outcome.histograms.latency !== undefined
        ? [outcome.histograms.latency]
        : [],
    ),
  );
  if (histogram === undefined) return [];
  // Deliveries of one event to many subscribers share its delays: what counts is events.
  const events = histogram.totalCount / Math.max(1, cell.measuredAt.subscribers ?? 1);
  const lastOneIn = 100 / (100 - highestPercentile(events));
  const steps = Math.floor(Math.log10(lastOneIn) * stepsPerNine + 1e-9);
  return Array.from({ length: steps }, (_, step) => {
    const left = 10 ** (-(step + 1) / stepsPerNine);
    return { oneIn: 1 / left, ms: histogram.getValueAtPercentile(100 * (1 - left)) / 1000 };
  }).filter(({ ms }) => ms > 0);
}
