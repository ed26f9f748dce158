import type { TopLevelSpec } from "vega-lite";
import type { Ruling } from "../../claims/verdict.ts";
import { type Margin, notMeasured } from "../verdict-margin.ts";
import { footnoteLines, textView } from "./footnotes.ts";
import { chartLook, chartWidth, titleOf } from "./layout.ts";
import { contextLine, gridLine, ink, noticeInk, paper, rulingLooks, softInk } from "./palette.ts";
import { fitLines } from "./text-width.ts";

/** One row a claim: words, a mark of where the measured lies against its threshold, and the ruling. */
export interface BoardRows {
  readonly question: string;
  readonly explanation: readonly string[];
  readonly rows: readonly BoardRow[];
  readonly footnotes: readonly string[];
}

export interface BoardRow {
  readonly title: string;
  readonly said2011: string;
  /** The leading figure, with interval and n. */
  readonly measured: string;
  /** What that is a figure of. */
  readonly what: string;
  readonly wanted: string;
  readonly ruling: Ruling;
  /** Words where it has no place on the axis. */
  readonly margin: Margin | string;
  /** The other figures that the ruling rests on. */
  readonly besides: readonly (Margin & { readonly what: string; readonly measured: string })[];
}

/** Where each column begins, and how wide its text may be. */
const columns = {
  title: { x: 0, width: 178, fontSize: 11.5 },
  said2011: { x: 190, width: 122, fontSize: 10.5 },
  measured: { x: 324, width: 192, fontSize: 10.5 },
  what: { x: 324, width: 192, fontSize: 10 },
  mark: { x: 526, width: 88, fontSize: 10 },
  ruling: { x: 630, width: 90, fontSize: 11.5 },
} as const;

const headings = [
  { text: "claim", x: columns.title.x },
  { text: "2011 said", x: columns.said2011.x },
  { text: "measured here", x: columns.measured.x },
  { text: "verdict", x: columns.ruling.x },
];

const lineHeight = 13;
const rowPadding = 13;
/** As far as the axis reaches each way. */
const mostFold = 100;

interface Line {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export function boardRows({ question, explanation, rows, footnotes }: BoardRows): TopLevelSpec {
  const placed = placeRows(rows);
  const height = placed.at(-1)?.bottom ?? 0;
  const lines = footnoteLines(footnotes);
  const y = { field: "y", type: "quantitative", scale: null, axis: null } as const;
  const x = { ...y, field: "x" } as const;
  const words = (values: readonly Line[], look: object) => ({
    data: { values: [...values] },
    mark: { type: "text" as const, align: "left" as const, ...look },
    encoding: { x, y, text: { field: "text" } },
  });
  const margins = placed.flatMap((row) =>
    typeof row.margin === "string"
      ? []
      : [{ ...tipOf(row), ...spanOf(row.margin), ...row.at, ruling: row.ruling }],
  );
  const besides = placed.flatMap((row) =>
    row.besides.map((other) => ({
      ...{ claim: row.title, figure: other.what, value: other.measured },
      ...spanOf(other),
      ...row.at,
    })),
  );
  const rulings = Object.keys(rulingLooks) as Ruling[];
  const colour = {
    field: "ruling",
    type: "nominal",
    scale: { domain: rulings, range: rulings.map((ruling) => rulingLooks[ruling].colour) },
    legend: null,
  } as const;
  const threshold = columns.mark.x + columns.mark.width / 2;
  const tooltip = ["claim", "figure", "value", "wanted"].map((field) => ({
    field,
    type: "nominal" as const,
    title: field,
  }));
  return {
    ...chartLook,
    title: titleOf(question, explanation),
    spacing: 14,
    vconcat: [
      {
        width: chartWidth,
        height,
        layer: [
          {
            data: { values: [{ y: 0 }, ...placed.map(({ bottom }) => ({ y: bottom }))] },
            mark: { type: "rule", color: gridLine },
            encoding: { x: { value: 0 }, x2: { value: chartWidth }, y },
          },
          {
            // The side on which the claim holds.
            data: { values: placed.filter(hasAxis).map(({ at }) => at) },
            mark: { type: "rule", color: gridLine, strokeWidth: 12 },
            encoding: { x: { value: threshold }, x2: { value: columns.mark.x + columns.mark.width }, y },
          },
          {
            data: { values: placed.filter(hasAxis).map(({ at }) => at) },
            mark: { type: "rule", color: contextLine },
            encoding: { x: { value: columns.mark.x }, x2: { value: columns.mark.x + columns.mark.width }, y },
          },
          {
            data: { values: placed.filter(hasAxis).map(({ at }) => ({ top: at.y - 8, bottom: at.y + 8 })) },
            mark: { type: "rule", color: softInk, strokeWidth: 1.5 },
            encoding: { x: { value: threshold }, y: { ...y, field: "top" }, y2: { field: "bottom" } },
          },
          {
            data: { values: besides },
            mark: {
              type: "point",
              shape: "circle",
              fill: paper,
              stroke: softInk,
              strokeWidth: 1.3,
              size: 26,
              opacity: 1,
            },
            encoding: { x, y, tooltip },
          },
          {
            data: { values: margins },
            mark: { type: "rule", strokeWidth: 6, opacity: 0.4 },
            encoding: { x: { ...x, field: "from" }, x2: { field: "to" }, y, color: colour },
          },
          {
            data: { values: margins },
            mark: { type: "point", filled: true, size: 62, opacity: 1 },
            encoding: {
              x,
              y,
              color: colour,
              tooltip,
              shape: {
                field: "beyond",
                type: "nominal",
                scale: {
                  domain: ["within", "worse", "better"],
                  range: ["circle", "triangle-left", "triangle-right"],
                },
                legend: null,
              },
            },
          },
          ...rulings.map((ruling) => ({
            data: {
              values: placed
                .filter((row) => row.ruling === ruling)
                .map(({ at }) => ({ x: columns.ruling.x + 7, ...at })),
            },
            mark: {
              type: "point" as const,
              shape: rulingLooks[ruling].stroke,
              filled: false,
              stroke: rulingLooks[ruling].colour,
              strokeWidth: 2.6,
              size: 120,
              opacity: 1,
            },
            encoding: { x, y },
          })),
          ...rulings.map((ruling) =>
            words(
              placed
                .filter((row) => row.ruling === ruling)
                .map(({ at }) => ({ text: ruling, x: columns.ruling.x + 20, y: at.y })),
              { fontSize: columns.ruling.fontSize, fontWeight: 600, color: rulingLooks[ruling].wordColour },
            ),
          ),
          words(
            placed.flatMap(({ titles }) => titles),
            { fontSize: columns.title.fontSize, fontWeight: 600 },
          ),
          words(
            placed.flatMap(({ saids }) => saids),
            { fontSize: columns.said2011.fontSize, color: softInk },
          ),
          words(
            placed.flatMap(({ figures }) => figures),
            { fontSize: columns.measured.fontSize, fontWeight: 600, color: ink },
          ),
          words(
            placed.flatMap(({ whats }) => whats),
            { fontSize: columns.what.fontSize, color: softInk },
          ),
          words(
            placed.flatMap(({ wanteds }) => wanteds),
            { fontSize: columns.mark.fontSize, color: softInk, align: "center" },
          ),
          ...[true, false].map((missing) =>
            words(
              placed.flatMap(({ notices }) =>
                notices.filter(({ text }) => (text === notMeasured) === missing),
              ),
              {
                ...{ fontSize: columns.mark.fontSize, fontStyle: "italic", align: "center" },
                color: missing ? noticeInk : softInk,
              },
            ),
          ),
          words(
            headings.map((heading) => ({ ...heading, y: -10 })),
            { fontSize: 11, fontWeight: 600, color: softInk },
          ),
          words([{ text: "fails", x: columns.mark.x, y: -10 }], { fontSize: 10, color: softInk }),
          words([{ text: "holds", x: columns.mark.x + columns.mark.width, y: -10 }], {
            fontSize: 10,
            color: softInk,
            align: "right",
          }),
        ],
      },
      ...(lines.length === 0 ? [] : [textView(lines, chartWidth, 0)]),
    ],
  };
}

/** Whether anything of the row has a place on the axis. */
function hasAxis({ margin, besides }: BoardRow): boolean {
  return typeof margin !== "string" || besides.length > 0;
}

function tipOf({ title, what, measured, wanted }: BoardRow) {
  return { claim: title, figure: what, value: measured, wanted };
}

/** Where a margin is drawn: its value, and the interval around it, each at most at the end of the axis. */
function spanOf({ value, low, high }: Margin) {
  const place = (fold: number) => {
    const share = Math.log(Math.min(mostFold, Math.max(1 / mostFold, fold))) / Math.log(mostFold);
    return columns.mark.x + (columns.mark.width * (1 + share)) / 2;
  };
  const beyond = value > mostFold ? "better" : value < 1 / mostFold ? "worse" : "within";
  return { x: place(value), from: place(low), to: place(high), beyond };
}

/** Rows below each other, each as high as its longest text takes. */
function placeRows(rows: readonly BoardRow[]) {
  let top = 0;
  return rows.map((row) => {
    const titles = linesOf(row.title, columns.title);
    const saids = linesOf(row.said2011, columns.said2011);
    const figures = linesOf(row.measured, columns.measured);
    const whats = linesOf(row.what, columns.what);
    const wanteds = linesOf(row.wanted, columns.mark);
    const notice = typeof row.margin === "string" ? [row.margin] : [];
    const crowded = notice.length > 0 && row.besides.length > 0;
    const below = 1.4 + wanteds.length + (crowded ? 1 : 0);
    const count = Math.max(titles.length, saids.length, figures.length + whats.length, below);
    const first = top + rowPadding / 2 + lineHeight / 2;
    const bottom = top + rowPadding + count * lineHeight;
    const at = { y: first };
    const centre = columns.mark.x + columns.mark.width / 2;
    const belowAxis = first + 17;
    top = bottom;
    return {
      ...row,
      ...{ bottom, at },
      titles: linesAt(titles, columns.title.x, first),
      saids: linesAt(saids, columns.said2011.x, first),
      figures: linesAt(figures, columns.measured.x, first),
      whats: linesAt(whats, columns.what.x, first + figures.length * lineHeight),
      wanteds: linesAt(wanteds, centre, belowAxis),
      // On the axis, or below what is wanted where the axis is taken.
      notices: linesAt(notice, centre, crowded ? belowAxis + wanteds.length * lineHeight : first),
    };
  });
}

function linesOf(text: string, { fontSize, width }: { readonly fontSize: number; readonly width: number }) {
  return fitLines(text, fontSize, width);
}

function linesAt(lines: readonly string[], x: number, first: number): Line[] {
  return lines.map((text, i) => ({ text, x, y: first + i * lineHeight }));
}
