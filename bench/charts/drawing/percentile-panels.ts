import type { TopLevelSpec } from "vega-lite";
import type { IoModel } from "../../../servers/contract.ts";
import { footnoteLines, textView } from "./footnotes.ts";
import { type ConcatView, chartLook, titleOf } from "./layout.ts";
import { type LogAxis, logAxis } from "./log-axis.ts";
import { contextLine, ioModelLooks, noticeInk } from "./palette.ts";

/** A small chart for each server, with the lines of all the others in grey to compare with. */
export interface PercentilePanels {
  readonly question: string;
  readonly explanation: readonly string[];
  readonly panels: readonly PercentilePanel[];
  /** Sentences below the chart. */
  readonly footnotes: readonly string[];
}

export interface PercentilePanel {
  readonly server: string;
  readonly ioModel: IoModel;
  readonly marks: string;
  readonly points: readonly PercentilePoint[];
  /** What stands in place of the line of a server that has none. */
  readonly message?: string;
}

export interface PercentilePoint {
  /** One event in so many takes longer: 100 for the 99th percentile. */
  readonly oneIn: number;
  readonly ms: number;
}

const panelsInRow = 3;
const panelWidth = 160;
const panelHeight = 110;
const panelGap = 20;
/** Room for the latencies at the left of a panel. */
const labelWidth = 48;

export function percentilePanels({
  question,
  explanation,
  panels,
  footnotes,
}: PercentilePanels): TopLevelSpec {
  const lines = footnoteLines(footnotes);
  const axes = axesOf(panels);
  return {
    ...chartLook,
    title: titleOf(question, explanation),
    spacing: 16,
    vconcat: [
      {
        columns: panelsInRow,
        spacing: { row: 16, column: panelGap },
        concat: panels.map((panel) => panelView(panel, panels, axes)),
      },
      ...(lines.length === 0 ? [] : [textView(lines, panelWidth, -labelWidth)]),
    ],
  };
}

interface Axes {
  readonly latency: LogAxis;
  readonly fewestOneIn: number;
  readonly mostOneIn: number;
}

function axesOf(panels: readonly PercentilePanel[]): Axes {
  const points = panels.flatMap((panel) => panel.points);
  return {
    latency: logAxis(
      points.map(({ ms }) => ms),
      "ms",
    ),
    fewestOneIn: Math.min(2, ...points.map(({ oneIn }) => oneIn)),
    mostOneIn: Math.max(10, ...points.map(({ oneIn }) => oneIn)),
  };
}

const percentiles = { 2: "p50", 10: "p90", 100: "p99", 1000: "p99.9", 10000: "p99.99", 100000: "p99.999" };

function panelView(
  panel: PercentilePanel,
  panels: readonly PercentilePanel[],
  { latency, fewestOneIn, mostOneIn }: Axes,
): ConcatView {
  const others = panels
    .filter((other) => other !== panel)
    .flatMap(({ server, points }) => points.map((point) => ({ server, ...point })));
  const { colour } = ioModelLooks[panel.ioModel];
  return {
    width: panelWidth,
    height: panelHeight,
    title: {
      text: `${panel.server}${panel.marks}`,
      subtitle: panel.ioModel,
      anchor: "start",
      frame: "group",
      fontSize: 12,
      subtitleFontSize: 11,
      subtitlePadding: 2,
      lineHeight: 14,
      offset: 8,
    },
    encoding: {
      x: {
        field: "oneIn",
        type: "quantitative",
        scale: { type: "log", domain: [fewestOneIn, mostOneIn], nice: false },
        axis: {
          values: Object.keys(percentiles)
            .map(Number)
            .filter((oneIn) => oneIn <= mostOneIn),
          labelExpr: `${JSON.stringify(percentiles)}[datum.value]`,
          labelFontSize: 10,
          labelPadding: 7,
          title: null,
        },
      },
      y: {
        field: "ms",
        type: "quantitative",
        scale: { type: "log", domain: [...latency.domain], nice: false },
        axis: {
          values: latency.ticks.map(({ value }) => value),
          labelExpr: `${JSON.stringify(Object.fromEntries(latency.ticks.map(({ value, label }) => [value, label])))}[datum.value]`,
          labelFontSize: 10,
          labelPadding: 5,
          minExtent: labelWidth,
          maxExtent: labelWidth,
          title: null,
        },
      },
    },
    layer: [
      {
        data: { values: others },
        mark: { type: "line", color: contextLine, strokeWidth: 1 },
        encoding: { detail: { field: "server", type: "nominal" } },
      },
      {
        data: { values: [...panel.points] },
        mark: { type: "line", color: colour, strokeWidth: 2.4 },
      },
      {
        data: { values: panel.message === undefined ? [] : [{ text: panel.message }] },
        mark: { type: "text", align: "left", fontSize: 11, fontStyle: "italic", color: noticeInk },
        encoding: { x: { value: 6 }, y: { value: panelHeight / 2 }, text: { field: "text" } },
      },
    ],
  };
}
