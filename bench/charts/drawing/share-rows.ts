import type { TopLevelSpec } from "vega-lite";
import type { Interval } from "../../stats/bootstrap.ts";
import { footnoteLines, textView } from "./footnotes.ts";
import { chartLook, chartWidth, titleOf } from "./layout.ts";
import { contextLine, gridLine, ink, ioModelLooks, noticeInk, paper, softInk } from "./palette.ts";
import { fitLine, fitLines } from "./text-width.ts";
import { tooltip } from "./tooltip.ts";

/** A chart with one row an arm: a share on an axis from 0 to 100 %, and the counts behind it as text. */
export interface ShareRows {
  readonly question: string;
  readonly explanation: readonly string[];
  readonly axisTitle: string;
  /** Titles of the texts at the right. */
  readonly columns: readonly [string, string];
  readonly rows: readonly ShareRow[];
  readonly footnotes: readonly string[];
}

export interface ShareRow {
  readonly arm: string;
  readonly summary: string;
  readonly marks: string;
  /** For the tooltip: whether something has to be known of the figures. */
  readonly state: string;
  /** In percent; absent of an arm that has none. */
  readonly share?: Interval & { readonly value: number };
  /** The texts at the right, one a column. */
  readonly texts?: readonly [string, string];
  /** What stands in place of the share. */
  readonly message?: string;
}

const nameWidth = 270;
const textWidths = [108, 128] as const;
const plotWidth = chartWidth - nameWidth - textWidths[0] - textWidths[1];
const summarySize = 10.5;
const rowHeight = 46;

export function shareRows({
  question,
  explanation,
  axisTitle,
  columns,
  rows,
  footnotes,
}: ShareRows): TopLevelSpec {
  const placed = rows.map((row, i) => ({ ...row, y: (i + 0.5) * rowHeight }));
  const measured = placed.flatMap(({ arm, state, y, share, texts }) =>
    share === undefined
      ? []
      : [{ arm, state, y, ...share, figure: columns[0], value: share.value, shown: texts?.join(", ") ?? "" }],
  );
  const height = rows.length * rowHeight;
  const { colour } = ioModelLooks["event loop"];
  const y = { field: "y", type: "quantitative", scale: null, axis: null } as const;
  const x = (field: string) => ({ field, type: "quantitative" }) as const;
  const tip = measured.map(({ value, shown, ...one }) => ({ ...one, percent: value, value: shown }));
  const lines = footnoteLines(footnotes);
  const column = (index: 0 | 1) => plotWidth + textWidths[0] + (index === 0 ? 0 : textWidths[1]);
  return {
    ...chartLook,
    title: titleOf(question, explanation),
    spacing: 14,
    vconcat: [
      {
        width: plotWidth,
        height,
        encoding: {
          y,
          x: {
            type: "quantitative",
            scale: { domain: [0, 100] },
            axis: { values: [0, 25, 50, 75, 100], title: axisTitle, titlePadding: 8, gridColor: gridLine },
          },
        },
        layer: [
          {
            data: { values: placed.filter(({ message }) => message === undefined).map(({ y }) => ({ y })) },
            mark: { type: "rule", color: contextLine },
            encoding: { x: { value: 0 }, x2: { value: plotWidth } },
          },
          {
            data: { values: tip },
            mark: { type: "rule", color: colour, strokeWidth: 8, opacity: 0.35 },
            encoding: { x: x("low"), x2: { field: "high" } },
          },
          {
            // None of many tries is a result: its symbol is as large, and open.
            data: { values: tip.filter(({ percent }) => percent === 0) },
            mark: {
              type: "point",
              shape: "circle",
              fill: paper,
              stroke: colour,
              strokeWidth: 2.2,
              size: 90,
              opacity: 1,
            },
            encoding: { x: x("percent"), tooltip: tooltip("arm") },
          },
          {
            data: { values: tip.filter(({ percent }) => percent > 0) },
            mark: { type: "point", shape: "circle", filled: true, color: colour, size: 110, opacity: 1 },
            encoding: { x: x("percent"), tooltip: tooltip("arm") },
          },
          {
            data: {
              values: placed.flatMap(({ y, message }) =>
                message === undefined ? [] : [{ y, text: fitLine(message, 11, chartWidth - nameWidth - 12) }],
              ),
            },
            mark: { type: "text", align: "left", fontSize: 11, fontStyle: "italic", color: noticeInk },
            encoding: { x: { value: 6 }, text: { field: "text" } },
          },
          {
            data: { values: placed.flatMap(nameLines) },
            mark: { type: "text", align: "left", fontWeight: 600 },
            encoding: { x: { value: -nameWidth }, text: { field: "text" } },
          },
          {
            data: { values: placed.flatMap(summaryLines) },
            mark: { type: "text", align: "left", fontSize: summarySize, color: softInk },
            encoding: { x: { value: -nameWidth }, text: { field: "text" } },
          },
          ...([0, 1] as const).map((index) => ({
            data: { values: placed.flatMap(({ y, texts }) => (texts ? [{ y, text: texts[index] }] : [])) },
            mark: {
              type: "text" as const,
              align: "right" as const,
              fontSize: 11.5,
              fontWeight: index === 0 ? (600 as const) : ("normal" as const),
              color: ink,
            },
            encoding: { x: { value: column(index) }, text: { field: "text" } },
          })),
          ...columns.map((text, i) => ({
            data: { values: [{ text }] },
            mark: {
              type: "text" as const,
              align: "right" as const,
              fontSize: 11,
              fontWeight: 600 as const,
              color: softInk,
            },
            encoding: { x: { value: column(i === 0 ? 0 : 1) }, y: { value: -10 }, text: { field: "text" } },
          })),
        ],
      },
      ...(lines.length === 0 ? [] : [textView(lines, plotWidth, -nameWidth)]),
    ],
  };
}

/** The name stands above its summary, or in the middle of a row that has none. */
function nameLines({ arm, marks, summary, y }: ShareRow & { readonly y: number }) {
  const lines = summary === "" ? 0 : fitLines(summary, summarySize, nameWidth - 16).length;
  return [{ y: y - 6.5 * lines, text: `${arm}${marks}` }];
}

function summaryLines({ summary, y }: ShareRow & { readonly y: number }) {
  if (summary === "") return [];
  const lines = fitLines(summary, summarySize, nameWidth - 16);
  return lines.map((text, i) => ({ y: y - 6.5 * lines.length + 14 + 13 * i, text }));
}
