import type { TopLevelSpec } from "vega-lite";
import { type Cell, cellsOf, spreadOf } from "../report/cells.ts";
import { formatFigure, formatRange } from "../report/format.ts";
import { trialsText } from "../report/trials-text.ts";
import type { Run } from "../result.ts";
import type { Chart } from "./chart.ts";
import { chartLook, chartWidth, conditionsText, titleOf } from "./drawing/layout.ts";
import { logAxis } from "./drawing/log-axis.ts";
import { gridLine, ink, ioModelLooks, softInk } from "./drawing/palette.ts";

/** A point of the lab: how many events come in an interval, and the share of polls that found nothing. */
interface Dot {
  readonly perInterval: number;
  readonly percent: number;
  readonly low: number;
  readonly high: number;
  readonly label: string;
}

const height = 300;
/** Steps of the curve, enough to look smooth. */
const steps = 160;

const chart: Chart = {
  name: "wasted-polls",
  scenario: "boiling",
  claims: ["polling-asks-for-nothing"],
  description:
    "The share of polls that found nothing, measured, over the curve of theory, by how many events come in an interval.",

  picture(run) {
    const scenario = run.scenarios.find((candidate) => candidate.name === this.scenario);
    const cells = cellsOf(run, this.scenario).filter(({ arm }) => arm === "polling");
    const dots = cells.flatMap(dotOf);
    if (scenario === undefined || dots.length === 0) return undefined;
    return {
      spec: specOf(run, cells, dots),
      table: {
        columns: ["events in an interval", "polls that found nothing", "theory"],
        rows: dots.map(({ perInterval, label }) => ({
          cells: [
            formatFigure(perInterval, "count"),
            label,
            formatFigure(100 * Math.exp(-perInterval), "percent"),
          ],
        })),
      },
    };
  },
};

export default chart;

/** By how many events there were in an interval, and not by how many there were to be: chance decides that. */
function dotOf({ figures }: Cell): Dot[] {
  const { eventsPerInterval, wastedPercent } = figures;
  if (eventsPerInterval === undefined || wastedPercent === undefined || eventsPerInterval.median <= 0)
    return [];
  const perInterval = eventsPerInterval.median;
  const { low, high } = spreadOf(wastedPercent);
  return [
    { perInterval, percent: wastedPercent.median, low, high, label: formatRange(low, high, "percent") },
  ];
}

function specOf(run: Run, cells: readonly Cell[], dots: readonly Dot[]): TopLevelSpec {
  const axis = logAxis(
    dots.map(({ perInterval }) => perInterval),
    "count",
  );
  const [from, to] = axis.domain;
  const curve = Array.from({ length: steps + 1 }, (_, step) => {
    const perInterval = from * (to / from) ** (step / steps);
    return { perInterval, percent: 100 * Math.exp(-perInterval) };
  });
  const { colour } = ioModelLooks["event loop"];
  return {
    ...chartLook,
    title: titleOf("How many polls find nothing?", [
      "Dots: polls counted one by one, at random (Poisson) arrivals. Line: theory, exp(−events in an interval).",
      conditionsText(run, `${trialsText(cells)}; bars reach over them`),
    ]),
    width: chartWidth - 60,
    height,
    encoding: {
      x: {
        field: "perInterval",
        type: "quantitative",
        scale: { type: "log", domain: [from, to], nice: false },
        axis: {
          values: axis.ticks.map(({ value }) => value),
          labelExpr: `${JSON.stringify(Object.fromEntries(axis.ticks.map(({ value, label }) => [value, label])))}[datum.value]`,
          title: "events that came in an interval, on average, logarithmic",
          titlePadding: 8,
          grid: false,
        },
      },
      y: {
        field: "percent",
        type: "quantitative",
        scale: { domain: [0, 100] },
        axis: { title: "polls that found nothing, %", gridColor: gridLine, titlePadding: 8 },
      },
    },
    layer: [
      { data: { values: curve }, mark: { type: "line", color: softInk, strokeWidth: 1.5 } },
      {
        data: { values: [...dots] },
        mark: { type: "rule", color: colour, strokeWidth: 3, opacity: 0.5 },
        encoding: { y: { field: "low" }, y2: { field: "high" } },
      },
      {
        data: { values: [...dots] },
        mark: { type: "point", shape: "circle", filled: true, size: 80, opacity: 1, color: colour },
      },
      {
        data: { values: [...dots] },
        mark: { type: "text", align: "left", dx: 9, dy: -9, fontSize: 11, color: ink },
        encoding: { text: { field: "label" } },
      },
    ],
  };
}
