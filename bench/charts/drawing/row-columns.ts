import type { TopLevelSpec } from "vega-lite";
import type { IoModel } from "../../../servers/contract.ts";
import { type FigureSummary, spreadOf } from "../../report/cells.ts";
import { formatFigure } from "../../report/format.ts";
import type { Run, Unit } from "../../result.ts";
import { focused, focusParam } from "./focus.ts";
import { footnoteLines, textView } from "./footnotes.ts";
import { type ConcatView, chartLook, chartWidth, ioModelScales, titleOf } from "./layout.ts";
import { type LogAxis, labelsOf, logAxis } from "./log-axis.ts";
import { softInk } from "./palette.ts";
import { intervalBars, rowLines, rowMessages } from "./row-layers.ts";
import { strikes } from "./strikes.ts";
import { summaryText } from "./summary-text.ts";
import { fitLine, fitLines } from "./text-width.ts";
import { type Tip, tooltip } from "./tooltip.ts";

/** One row a server, and side by side one figure a column, all of them on the same logarithmic axis. */
export interface RowColumns {
  readonly question: string;
  readonly explanation: readonly string[];
  readonly unit: Unit;
  readonly servers: readonly { readonly server: string; readonly ioModel: IoModel }[];
  readonly columns: readonly RowColumn[];
  /** Sentences below the rows. */
  readonly footnotes: readonly string[];
}

export interface RowColumn {
  /** What it is, and at which point. */
  readonly heading: readonly [string, string];
  /** One a server. */
  readonly entries: readonly RowEntry[];
}

export interface RowEntry {
  readonly server: string;
  readonly marks: string;
  /** What has to be known of its figure, in short. */
  readonly state: string;
  /** Whether something else than the server may have decided its figure: its symbol is struck through. */
  readonly doubtful: boolean;
  readonly summary?: FigureSummary;
  /** What stands in place of a figure that there is none of. */
  readonly message?: string;
}

const nameWidth = 122;
const textColumnWidth = 70;
const columnGap = 12;
const rowHeight = 23;
/** More labels than that run into each other. */
const mostTicks = 4;

export function rowColumns(run: Run, rows: RowColumns): TopLevelSpec {
  const summaries = rows.columns.flatMap(({ entries }) =>
    entries.flatMap(({ summary }) => (summary === undefined ? [] : [spreadOf(summary)])),
  );
  const axis = axisOf(
    summaries.flatMap(({ low, high }) => [low, high]),
    rows.unit,
  );
  const lines = footnoteLines(rows.footnotes);
  return {
    ...chartLook,
    params: [focusParam],
    title: titleOf(rows.question, rows.explanation),
    spacing: 18,
    vconcat: [
      {
        // By the plots alone: what stands beside them has its own room, whether it is there or not.
        ...{ bounds: "flush", spacing: textColumnWidth + columnGap },
        hconcat: rows.columns.map((column, index) => columnView(run, rows, column, index, axis)),
      },
      ...(lines.length === 0 ? [] : [textView(lines, plotWidth(rows), -nameWidth)]),
    ],
  };
}

/** Labels of microseconds are short only where the thousands of them are milliseconds. */
function axisOf(values: readonly number[], unit: Unit): LogAxis {
  if (unit !== "µs") return logAxis(values, unit, mostTicks);
  const { domain, ticks } = logAxis(
    values.map((value) => value * 1_000),
    "ns",
    mostTicks,
  );
  return {
    domain: [domain[0] / 1_000, domain[1] / 1_000],
    ticks: ticks.map(({ value, label }) => ({ value: value / 1_000, label })),
  };
}

function plotWidth({ columns }: RowColumns): number {
  const gaps = columnGap * (columns.length - 1);
  return Math.floor((chartWidth - nameWidth - gaps) / columns.length - textColumnWidth);
}

function columnView(run: Run, rows: RowColumns, column: RowColumn, index: number, axis: LogAxis): ConcatView {
  const width = plotWidth(rows);
  const { domain, colours, shapes } = ioModelScales(run);
  const ioModels = new Map(rows.servers.map(({ server, ioModel }) => [server, ioModel]));
  const dots = column.entries.flatMap(({ server, state, doubtful, summary }) =>
    summary === undefined
      ? []
      : [
          {
            ...{ server, doubtful, ioModel: ioModels.get(server) ?? "event loop" },
            ...{ median: summary.median, ...spreadOf(summary) },
            ...({
              figure: column.heading.join(", "),
              value: summaryText(summary, rows.unit),
              state,
            } satisfies Tip),
          },
        ],
  );
  const texts = column.entries.flatMap(({ server, marks, summary }) =>
    summary === undefined
      ? []
      : [{ server, text: `${formatFigure(summary.median, rows.unit)}${marks === "" ? "" : ` ${marks}`}` }],
  );
  const messages = column.entries.flatMap(({ server, message }) =>
    message === undefined
      ? []
      : [
          {
            ...{ server, text: fitLine(message, 11, width + textColumnWidth - 10) },
            ...({ figure: column.heading.join(", "), value: "none", state: message } satisfies Tip),
          },
        ],
  );
  const colour = {
    field: "ioModel",
    type: "nominal",
    scale: { domain, range: colours },
    legend: { orient: "top", title: null, offset: 14, columnPadding: 20 },
  } as const;
  const shape = { ...colour, scale: { domain, range: shapes } } as const;
  const at = (field: string) => ({ field, type: "quantitative" }) as const;
  return {
    width,
    height: { step: rowHeight },
    encoding: {
      y: {
        field: "server",
        type: "nominal",
        scale: { domain: rows.servers.map(({ server }) => server) },
        axis: null,
      },
      x: {
        type: "quantitative",
        scale: { type: "log", domain: [...axis.domain], nice: false },
        axis: {
          values: axis.ticks.map(({ value }) => value),
          labelExpr: labelsOf(axis.ticks),
          title: null,
        },
      },
    },
    layer: [
      rowLines(dots, width),
      intervalBars(dots, colour),
      {
        data: { values: dots },
        mark: { type: "point", filled: true, size: 72 },
        encoding: { x: at("median"), color: colour, shape, opacity: focused(), tooltip: tooltip() },
      },
      ...strikes(
        dots.filter(({ doubtful }) => doubtful),
        { x: at("median") },
      ),
      {
        data: { values: texts },
        mark: { type: "text", align: "right", fontSize: 11.5 },
        encoding: {
          ...{ x: { value: width + textColumnWidth }, text: { field: "text" } },
          ...{ opacity: focused() },
        },
      },
      rowMessages(messages, 4),
      ...(index === 0 ? [namesLayer(rows)] : []),
      ...headingLines(column, width + textColumnWidth).map((text, line, lines) => ({
        data: { values: [{ text }] },
        mark: {
          type: "text" as const,
          align: "left" as const,
          fontSize: 11,
          fontWeight: line === 0 ? (600 as const) : ("normal" as const),
          color: softInk,
        },
        encoding: {
          ...{ x: { value: 0 }, y: { value: -10 - 14 * (lines.length - 1 - line) } },
          ...{ text: { field: "text" } },
        },
      })),
    ],
  };
}

function headingLines({ heading: [what, point] }: RowColumn, width: number): string[] {
  return [what, ...fitLines(point, 11, width)];
}

function namesLayer({ servers }: RowColumns) {
  return {
    data: { values: servers.map(({ server }) => ({ server })) },
    mark: { type: "text" as const, align: "left" as const },
    encoding: { x: { value: -nameWidth }, text: { field: "server" }, opacity: focused() },
  };
}
