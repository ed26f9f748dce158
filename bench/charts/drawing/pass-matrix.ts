import type { TopLevelSpec } from "vega-lite";
import { footnoteLines, textView } from "./footnotes.ts";
import { chartLook, chartWidth, titleOf } from "./layout.ts";
import { gridLine, ink, ioModelLooks, noticeInk, rulingLooks, softInk } from "./palette.ts";
import { fitLine, fitLines } from "./text-width.ts";

/** A table drawn as a picture: what comes through which box, and how long it takes. */
export interface PassMatrix {
  readonly question: string;
  readonly explanation: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly MatrixRow[];
  readonly footnotes: readonly string[];
}

export interface MatrixRow {
  readonly arm: string;
  readonly summary: string;
  readonly marks: string;
  /** One a column; absent of a row that was not measured. */
  readonly cells?: readonly MatrixCell[];
  /** What stands in place of the cells. */
  readonly message?: string;
}

export interface MatrixCell {
  readonly column: string;
  readonly state: "passes" | "passes at times" | "blocked" | "not read";
  /** What its shade is by. */
  readonly roundTrips?: number;
  readonly text?: string;
  readonly small?: string;
  /** The whole of it in words, for the tooltip and the table. */
  readonly detail: string;
}

const nameWidth = 122;
const rowHeight = 38;
const gap = 3;
/** So much of the colour for the fastest, and for the slowest: text on it stays readable. */
const [faintest, strongest] = [0.07, 0.42];

export function passMatrix({ question, explanation, columns, rows, footnotes }: PassMatrix): TopLevelSpec {
  const width = chartWidth - nameWidth;
  const step = width / columns.length;
  const headings = columns.flatMap((title, i) => {
    const lines = fitLines(title, 11, step - 2);
    return lines.map((text, line) => ({ text, x: (i + 0.5) * step, y: -8 - 13 * (lines.length - 1 - line) }));
  });
  const middle = (row: number) => (row + 0.5) * rowHeight;
  const tiles = rows.flatMap(({ arm, cells = [] }, row) =>
    cells.map((cell, column) => ({
      ...{ arm, transport: cell.column, state: cell.state, value: cell.detail, roundTrips: cell.roundTrips },
      ...{ text: cell.text, small: cell.small, y: middle(row), x: (column + 0.5) * step },
      ...{ left: column * step, right: (column + 1) * step - gap },
      ...{ top: row * rowHeight, bottom: (row + 1) * rowHeight - gap },
    })),
  );
  const passing = tiles.filter(({ text }) => text !== undefined);
  const blocked = tiles.filter(({ state }) => state === "blocked");
  const slowest = Math.max(...passing.map(({ roundTrips = 0 }) => roundTrips), 2);
  const y = { field: "y", type: "quantitative", scale: null, axis: null } as const;
  const x = { ...y, field: "x" } as const;
  const box = {
    x: { ...x, field: "left" },
    x2: { field: "right" },
    y: { ...y, field: "top" },
    y2: { field: "bottom" },
    tooltip: ["arm", "transport", "value", "state"].map((field) => ({
      field,
      type: "nominal" as const,
      title: field,
    })),
  };
  const lines = footnoteLines(footnotes);
  const words = (values: readonly object[], dy: number, fontSize: number, look: object) => ({
    data: { values: [...values] },
    mark: { type: "text" as const, align: "center" as const, dy, fontSize, ...look },
    encoding: { x, y, text: { field: "text" } },
  });
  return {
    ...chartLook,
    title: titleOf(question, explanation),
    spacing: 10,
    vconcat: [
      {
        width,
        height: rows.length * rowHeight,
        layer: [
          {
            data: { values: passing },
            mark: { type: "rect", fill: ioModelLooks["event loop"].colour, cornerRadius: 2 },
            encoding: {
              ...box,
              opacity: {
                field: "roundTrips",
                type: "quantitative",
                scale: { type: "log", domain: [2, slowest], range: [faintest, strongest], clamp: true },
                legend: null,
              },
            },
          },
          {
            data: { values: tiles.filter(({ text }) => text === undefined) },
            mark: { type: "rect", filled: false, stroke: gridLine, strokeWidth: 1.5, cornerRadius: 2 },
            encoding: box,
          },
          words(passing, -6, 12.5, { fontWeight: 600, color: ink }),
          words(
            passing.map((tile) => ({ ...tile, text: tile.small })),
            9,
            10,
            { color: ink },
          ),
          {
            data: { values: blocked },
            mark: {
              type: "point",
              shape: rulingLooks.refuted.stroke,
              filled: false,
              stroke: noticeInk,
              strokeWidth: 2.2,
              size: 110,
              opacity: 1,
              yOffset: -7,
            },
            encoding: { x, y },
          },
          words(
            blocked.map((tile) => ({ ...tile, text: "does not pass" })),
            9,
            10,
            { color: noticeInk },
          ),
          words(
            tiles.filter(({ state }) => state === "not read").map((tile) => ({ ...tile, text: "not read" })),
            0,
            10,
            { fontStyle: "italic", color: noticeInk },
          ),
          {
            data: {
              values: rows.flatMap(({ message }, row) =>
                message === undefined ? [] : [{ y: middle(row), text: fitLine(message, 11, width - 8) }],
              ),
            },
            mark: { type: "text", align: "left", fontSize: 11, fontStyle: "italic", color: noticeInk },
            encoding: { x: { value: 6 }, y, text: { field: "text" } },
          },
          {
            data: {
              values: rows.map(({ arm, marks }, row) => ({ y: middle(row) - 1.5, text: `${arm}${marks}` })),
            },
            mark: { type: "text", align: "left" },
            encoding: { x: { value: -nameWidth }, y, text: { field: "text" } },
          },
          {
            data: { values: headings },
            mark: { type: "text", align: "center", fontSize: 11, fontWeight: 600, color: softInk },
            encoding: { x, y, text: { field: "text" } },
          },
        ],
      },
      ...(lines.length === 0 ? [] : [textView(lines, width, -nameWidth)]),
    ],
  };
}
