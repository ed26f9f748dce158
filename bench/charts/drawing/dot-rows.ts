import type { TopLevelSpec } from "vega-lite";
import type { IoModel } from "../../../servers/contract.ts";
import { type FigureSummary, spreadOf } from "../../report/cells.ts";
import type { Run, Unit } from "../../result.ts";
import { focused, focusParam } from "./focus.ts";
import { footnoteLines, textView } from "./footnotes.ts";
import { type ConcatView, chartLook, chartWidth, ioModelScales, titleOf } from "./layout.ts";
import { type LogAxis, logAxis } from "./log-axis.ts";
import { paper, softInk } from "./palette.ts";
import { intervalBars, rowLines, rowMessages } from "./row-layers.ts";
import { strikes } from "./strikes.ts";
import { summaryText } from "./summary-text.ts";
import { fitLine } from "./text-width.ts";
import { type Tip, tooltip } from "./tooltip.ts";

/** A chart with one row a server: dots on a logarithmic axis, and the same figures as text beside them. */
export interface DotRows {
  readonly question: string;
  readonly explanation: readonly string[];
  readonly axisTitle: string;
  readonly unit: Unit;
  /** Titles of the texts at the right. */
  readonly columns: readonly string[];
  readonly panels: readonly Panel[];
}

/** The rows of one point. */
export interface Panel {
  readonly heading: string;
  readonly rows: readonly DotRow[];
  /** Sentences below the rows. */
  readonly footnotes: readonly string[];
}

export interface DotRow {
  readonly server: string;
  readonly ioModel: IoModel;
  readonly marks: string;
  /** What has to be known of its figures, in short. */
  readonly state: string;
  /** Whether something else than the server may have decided its figures: their symbols are struck through. */
  readonly doubtful: boolean;
  readonly dots: readonly Dot[];
  /** The texts at the right, one a column; empty for a server that has no dots. */
  readonly texts: readonly string[];
  /** What stands in place of the dots of a server that has none. */
  readonly message?: string;
}

export interface Dot {
  readonly form: "filled" | "open";
  /** What it is, as its column is called. */
  readonly column: string;
  readonly summary: FigureSummary;
}

const nameWidth = 140;
const columnWidth = 68;
const rowHeight = 23;

export function dotRows(run: Run, rows: DotRows): TopLevelSpec {
  const summaries = rows.panels
    .flatMap((panel) => panel.rows.flatMap((row) => row.dots))
    .map(({ summary }) => summary);
  const axis = logAxis(
    summaries.map(spreadOf).flatMap(({ low, high }) => [low, high]),
    rows.unit,
  );
  return {
    ...chartLook,
    params: [focusParam],
    title: titleOf(rows.question, rows.explanation),
    spacing: 18,
    vconcat: rows.panels.flatMap((panel) => [
      panelView(run, rows, panel, axis),
      ...(panel.footnotes.length === 0
        ? []
        : [textView(footnoteLines(panel.footnotes), plotWidth(rows), -nameWidth)]),
    ]),
  };
}

function plotWidth({ columns }: DotRows): number {
  return chartWidth - nameWidth - columnWidth * columns.length;
}

function panelView(run: Run, rows: DotRows, panel: Panel, axis: LogAxis): ConcatView {
  const width = plotWidth(rows);
  const { domain, colours, shapes } = ioModelScales(run);
  const names = panel.rows.map((row) => ({ server: row.server, text: `${row.server}${row.marks}` }));
  const dots = panel.rows.flatMap(({ server, ioModel, state, doubtful, dots }) =>
    dots.map(({ form, column, summary }) => ({
      ...{ server, ioModel, form, doubtful },
      ...{ median: summary.median, ...spreadOf(summary) },
      ...({ figure: column, value: summaryText(summary, rows.unit), state } satisfies Tip),
    })),
  );
  const spans = panel.rows
    .filter((row) => row.dots.length > 1)
    .map(({ server, ioModel, dots }) => {
      const medians = dots.map((dot) => dot.summary.median);
      return { server, ioModel, from: Math.min(...medians), to: Math.max(...medians) };
    });
  const texts = panel.rows.flatMap(({ server, texts }) =>
    texts.map((text, i) => ({ server, text, x: width + columnWidth * (i + 1) })),
  );
  const messages = panel.rows.flatMap(({ server, message }) =>
    message === undefined
      ? []
      : [
          {
            ...{ server, text: fitLine(message, 11, chartWidth - nameWidth - 8) },
            ...({ figure: rows.columns.join(", "), value: "none", state: message } satisfies Tip),
          },
        ],
  );
  const headings = [
    { text: panel.heading, x: -nameWidth, align: "left" },
    ...rows.columns.map((text, i) => ({ text, x: width + columnWidth * (i + 1), align: "right" })),
  ];
  const colour = {
    field: "ioModel",
    type: "nominal",
    scale: { domain, range: colours },
    legend: { orient: "top", title: null, offset: 22, columnPadding: 20 },
  } as const;
  const shape = { ...colour, scale: { domain, range: shapes } } as const;
  const at = (field: string) => ({ field, type: "quantitative" }) as const;
  const pixel = (field: string) => ({ field, type: "quantitative", scale: null, axis: null }) as const;
  return {
    width,
    height: { step: rowHeight },
    encoding: {
      y: {
        field: "server",
        type: "nominal",
        scale: { domain: names.map(({ server }) => server) },
        axis: null,
      },
      x: {
        type: "quantitative",
        scale: { type: "log", domain: [...axis.domain], nice: false },
        axis: {
          values: axis.ticks.map(({ value }) => value),
          labelExpr: `${JSON.stringify(Object.fromEntries(axis.ticks.map(({ value, label }) => [value, label])))}[datum.value]`,
          title: rows.axisTitle,
          titlePadding: 8,
        },
      },
    },
    layer: [
      rowLines(
        panel.rows.filter((row) => row.message === undefined),
        width,
      ),
      {
        data: { values: spans },
        mark: { type: "rule", strokeWidth: 1.5 },
        encoding: { x: at("from"), x2: { field: "to" }, color: colour, opacity: focused(0.45) },
      },
      intervalBars(dots, colour),
      {
        data: { values: dots.filter(({ form }) => form === "open") },
        mark: { type: "point", fill: paper, strokeWidth: 1.8, size: 48 },
        encoding: { x: at("median"), color: colour, shape, opacity: focused(), tooltip: tooltip() },
      },
      {
        data: { values: dots.filter(({ form }) => form === "filled") },
        mark: { type: "point", filled: true, size: 72 },
        encoding: { x: at("median"), color: colour, shape, opacity: focused(), tooltip: tooltip() },
      },
      ...strikes(
        dots.filter(({ doubtful }) => doubtful),
        { x: at("median") },
      ),
      {
        data: { values: names },
        mark: { type: "text", align: "left" },
        encoding: { x: { value: -nameWidth }, text: { field: "text" }, opacity: focused() },
      },
      {
        data: { values: texts },
        mark: { type: "text", align: "right", fontSize: 11.5 },
        encoding: { x: pixel("x"), text: { field: "text" }, opacity: focused() },
      },
      rowMessages(messages, 6),
      ...headings.map(({ text, x, align }) => ({
        data: { values: [{ text }] },
        mark: {
          type: "text" as const,
          align: align === "left" ? ("left" as const) : ("right" as const),
          fontSize: 11,
          fontWeight: 600 as const,
          color: softInk,
        },
        encoding: { x: { value: x }, y: { value: -10 }, text: { field: "text" } },
      })),
    ],
  };
}
