import type { TopLevelSpec } from "vega-lite";
import { emptyShare } from "../labs/boiling/theory.ts";
import { type Cell, cellsOf, spreadOf } from "../report/cells.ts";
import { formatFigure, formatPoint } from "../report/format.ts";
import { marksOf } from "../report/tables.ts";
import { trialsText } from "../report/trials-text.ts";
import type { Run } from "../result.ts";
import type { Chart, PictureRow } from "./chart.ts";
import { barText } from "./drawing/bar-text.ts";
import { focusParam } from "./drawing/focus.ts";
import { chartLook, chartWidth, conditionsText, titleOf } from "./drawing/layout.ts";
import { logAxis } from "./drawing/log-axis.ts";
import { gridLine, ink, ioModelLooks, noticeInk, softInk } from "./drawing/palette.ts";
import { stateInShort, stateMessage } from "./drawing/state-message.ts";
import { isDoubtful, strikes, strikeText } from "./drawing/strikes.ts";
import { summaryText } from "./drawing/summary-text.ts";
import { fitLine } from "./drawing/text-width.ts";

/** A point of the lab: how many events came in an interval, and the share of polls that found nothing. */
interface Dot {
  readonly perInterval: number;
  readonly percent: number;
  readonly low: number;
  readonly high: number;
  /** Chance decides how many events come in an interval: this differs from trial to trial too. */
  readonly fewest: number;
  readonly most: number;
  readonly label: string;
  readonly doubtful: boolean;
  readonly events: string;
  readonly measured: string;
  readonly theory: string;
  readonly state: string;
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
    const cells = cellsOf(run, this.scenario).filter(({ arm }) => arm === "polling");
    const dots = cells.flatMap(dotOf);
    if (dots.length === 0) return undefined;
    return {
      spec: specOf(run, cells, dots),
      table: {
        columns: ["at", "events in an interval", "polls that found nothing", "theory", "measured off theory"],
        rows: cells.map(tableRow),
      },
    };
  },
};

export default chart;

/** By how many events there were in an interval, and not by how many there were to be: chance decides that. */
function dotOf(cell: Cell): Dot[] {
  const { eventsPerInterval, wastedPercent } = cell.figures;
  if (eventsPerInterval === undefined || wastedPercent === undefined || eventsPerInterval.median <= 0)
    return [];
  const perInterval = eventsPerInterval.median;
  const spread = spreadOf(eventsPerInterval);
  return [
    {
      perInterval,
      percent: wastedPercent.median,
      ...spreadOf(wastedPercent),
      // A logarithmic axis has no place for none.
      fewest: spread.low > 0 ? spread.low : perInterval,
      most: spread.high,
      label: `${formatFigure(wastedPercent.median, "percent")}${marksOf(cell)}`,
      doubtful: isDoubtful(cell),
      events: summaryText(eventsPerInterval, "count"),
      measured: summaryText(wastedPercent, "percent"),
      theory: theoryText(perInterval),
      state: stateInShort(cell),
    },
  ];
}

function theoryText(perInterval: number): string {
  const percent = 100 * emptyShare(perInterval);
  return percent < 0.001 ? "below 0.001 %" : formatFigure(percent, "percent");
}

/** Why a cell has no dot. */
function messageOf(cell: Cell): string | undefined {
  if (dotOf(cell).length > 0) return undefined;
  return stateMessage(cell) ?? (cell.figures.eventsPerInterval?.median === 0 ? "no event came" : "not read");
}

function tableRow(cell: Cell): PictureRow {
  const { eventsPerInterval, wastedPercent, wastedOffPercent } = cell.figures;
  const at = `${formatPoint(cell.point)}${marksOf(cell)}`;
  const message = messageOf(cell);
  if (message !== undefined) return { cells: [at, ...Array<string>(4).fill(message)] };
  return {
    cells: [
      at,
      summaryText(eventsPerInterval, "count"),
      summaryText(wastedPercent, "percent"),
      theoryText(eventsPerInterval?.median ?? 0),
      summaryText(wastedOffPercent, "percent"),
    ],
  };
}

function specOf(run: Run, cells: readonly Cell[], dots: readonly Dot[]): TopLevelSpec {
  const axis = logAxis(
    dots.flatMap(({ fewest, most }) => [fewest, most]),
    "count",
  );
  const [from, to] = axis.domain;
  const curve = Array.from({ length: steps + 1 }, (_, step) => {
    const perInterval = from * (to / from) ** (step / steps);
    return { perInterval, percent: 100 * emptyShare(perInterval) };
  });
  const { colour } = ioModelLooks["event loop"];
  const width = chartWidth - 60;
  const notices = cells.flatMap((cell) => {
    const message = messageOf(cell);
    return message === undefined ? [] : [`${formatPoint(cell.point)}: ${message}`];
  });
  const tooltip = (["events", "measured", "theory", "state"] as const).map((field) => ({
    field,
    type: "nominal" as const,
    title: field,
  }));
  return {
    ...chartLook,
    params: [focusParam],
    title: titleOf("How many polls find nothing?", [
      `Dots: polls counted one by one, at random (Poisson) arrivals. Line: theory, exp(−events in an interval).${barText(cells.flatMap(({ figures }) => [figures.wastedPercent, figures.eventsPerInterval]))}${strikeText(cells)}`,
      conditionsText(run, trialsText(cells)),
    ]),
    width,
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
        mark: { type: "rule", color: colour, strokeWidth: 4, opacity: 0.45 },
        encoding: { y: { field: "low" }, y2: { field: "high" } },
      },
      {
        data: { values: [...dots] },
        mark: { type: "rule", color: colour, strokeWidth: 4, opacity: 0.45 },
        encoding: { x: { field: "fewest" }, x2: { field: "most" } },
      },
      {
        data: { values: [...dots] },
        mark: { type: "point", shape: "circle", filled: true, size: 80, opacity: 1, color: colour },
        encoding: { tooltip },
      },
      ...strikes(
        dots.filter(({ doubtful }) => doubtful),
        {},
      ),
      {
        data: { values: [...dots] },
        mark: { type: "text", align: "left", dx: 9, dy: -9, fontSize: 11, color: ink },
        encoding: { text: { field: "label" } },
      },
      {
        // Above the curve there is room at the right.
        data: {
          values: notices.map((text, i) => ({ text: fitLine(text, 11, width - 200), y: 10 + 16 * i })),
        },
        mark: { type: "text", align: "right", fontSize: 11, fontStyle: "italic", color: noticeInk },
        encoding: {
          x: { value: width },
          y: { field: "y", type: "quantitative", scale: null, axis: null },
          text: { field: "text" },
        },
      },
    ],
  };
}
