import { focused } from "./focus.ts";
import type { ConcatView } from "./layout.ts";
import { contextLine, ioModelLooks, noticeInk, paper } from "./palette.ts";
import { fittingTicks, type PanelAxis } from "./panel-axis.ts";
import { placed } from "./panel-figures.ts";
import { panelHeight, panelWidth, tickSize } from "./panel-size.ts";
import { headLayers, messageLayers } from "./panel-text.ts";
import type { ServerPanel } from "./server-panels.ts";
import { tooltip } from "./tooltip.ts";

/** Where a panel stands among the others, and what they share. */
export interface PanelPlace {
  readonly x: PanelAxis;
  readonly y: PanelAxis;
  readonly along: "x" | "y";
  /** Name of the data with the curves of all servers. */
  readonly context: string;
  /** Lines above the panel of its row that has the most of them. */
  readonly lines: number;
  readonly hasEdge: boolean;
  /** The first of its row has the labels of the y axis. */
  readonly isFirst: boolean;
  /** The lowest row has the title of the x axis. */
  readonly isLowest: boolean;
}

export function panelView(panel: ServerPanel, place: PanelPlace): ConcatView {
  const { server, message } = panel;
  return {
    width: panelWidth,
    height: panelHeight,
    encoding: {
      x: {
        field: "x",
        type: "quantitative",
        scale: { type: place.x.scale, domain: [...place.x.domain], nice: false },
        axis: {
          ...axisOf(place.x, fittingTicks(place.x, panelWidth, tickSize)),
          grid: message === undefined,
          title: place.isLowest ? place.x.title : null,
          titlePadding: 6,
        },
      },
      y: {
        field: "y",
        type: "quantitative",
        scale: { type: place.y.scale, domain: [...place.y.domain], nice: false },
        axis: {
          ...axisOf(place.y, place.y.ticks),
          grid: message === undefined,
          labels: place.isFirst,
          minExtent: yLabelWidth,
          title: place.isFirst ? place.y.title : null,
          titlePadding: 4,
        },
      },
    },
    layer: [
      {
        data: message === undefined ? { name: place.context } : { values: [] },
        mark: { type: "line", color: contextLine, strokeWidth: 1 },
        encoding: { detail: { field: "server", type: "nominal" }, opacity: focused() },
      },
      ...(message === undefined ? figureLayers(panel, place) : messageLayers(server, message)),
      ...headLayers(panel, place),
    ],
  };
}

function axisOf({ ticks }: PanelAxis, labelled: PanelAxis["ticks"]) {
  const labels = Object.fromEntries(labelled.map(({ value, label }) => [value, label]));
  return {
    values: ticks.map(({ value }) => value),
    labelExpr: `${JSON.stringify(labels)}[datum.value] || ""`,
    labelFontSize: tickSize,
    labelPadding: 5,
    titleFontSize: tickSize,
  };
}

/** So that the titles of all y axes stand in one line. */
const yLabelWidth = 52;

const curveLooks = {
  strong: { strokeWidth: 2.2 },
  thin: { strokeWidth: 1.1, strokeDash: [4, 2] },
};

const dotSizes = { large: 36, small: 18 } as const;

function figureLayers(panel: ServerPanel, { along }: PanelPlace) {
  const { server, ceiling, curves, dots, edgeMarks = [] } = panel;
  const { colour, shape } = ioModelLooks[panel.ioModel];
  const [low, high] = [{ field: "low" }, { field: "high" }];
  const fromLowToHigh = along === "x" ? { x: low, x2: high } : { y: low, y2: high };
  const withSpread = <Row extends { readonly low?: number }>(rows: readonly Row[]) =>
    rows.filter(({ low }) => low !== undefined);
  const dotRows = dots.map((dot) => ({ server, ...dot, ...placed(dot), size: dotSizes[dot.size] }));
  const size = { field: "size", type: "quantitative", scale: null, legend: null } as const;
  return [
    {
      data: { values: ceiling === undefined ? [] : [{ server, x: ceiling }] },
      mark: { type: "rule" as const, color: noticeInk, strokeDash: [2, 2] },
      encoding: { y: { value: 0 }, y2: { value: panelHeight }, opacity: focused() },
    },
    ...curves.flatMap(({ look, points }) => {
      const rows = points.map((point) => ({ server, ...placed(point) }));
      return [
        {
          data: { values: withSpread(rows) },
          mark: { type: "area" as const, color: colour },
          encoding: { ...fromLowToHigh, opacity: focused(0.3) },
        },
        {
          data: { values: rows },
          mark: { type: "line" as const, color: colour, ...curveLooks[look] },
          encoding: { opacity: focused() },
        },
      ];
    }),
    {
      data: { values: withSpread(dotRows) },
      mark: { type: "rule" as const, color: colour, strokeWidth: 3 },
      encoding: { ...fromLowToHigh, opacity: focused(0.6) },
    },
    {
      data: { values: dotRows.filter(({ form }) => form === "open") },
      mark: { type: "point" as const, shape, fill: paper, stroke: colour, strokeWidth: 1.4 },
      encoding: { size, opacity: focused(), tooltip: tooltip() },
    },
    {
      data: { values: dotRows.filter(({ form }) => form === "filled") },
      mark: { type: "point" as const, shape, filled: true, color: colour },
      encoding: { size, opacity: focused(), tooltip: tooltip() },
    },
    {
      data: { values: edgeMarks.map((mark) => ({ server, ...mark })) },
      mark: { type: "text" as const, fontSize: 12, fontWeight: 600 as const, color: noticeInk },
      encoding: { y: { value: -8 }, text: { field: "text" }, opacity: focused(), tooltip: tooltip() },
    },
  ];
}
