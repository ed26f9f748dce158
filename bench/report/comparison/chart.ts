import type { TopLevelSpec } from "vega-lite";
import { chartLook, chartWidth, titleOf } from "../../charts/drawing/layout.ts";
import { gridLine, ink, ioModelLooks, noticeInk, softInk } from "../../charts/drawing/palette.ts";
import { fitLines } from "../../charts/drawing/text-width.ts";
import { counted } from "../format.ts";
import { shortMachineText } from "../run-text.ts";
import { type ChartRow, chartRows } from "./chart-rows.ts";
import type { Comparison } from "./compare.ts";
import { ratioAxis } from "./ratio-axis.ts";

/** What stands at the left of the axis, and at its right. */
const [namesWidth, textsWidth] = [272, 168];
const plotWidth = chartWidth - namesWidth - textsWidth;

const [headingSize, nameSize, lineHeight, rowGap, groupGap] = [12.5, 11.5, 15, 7, 16];

const looks = {
  "better in B": { colour: ioModelLooks["event loop"].colour, shape: "circle" },
  "worse in B": { colour: noticeInk, shape: "diamond" },
  "not judged": { colour: softInk, shape: "square" },
} as const;

export const comparisonDescription =
  "Ratio of each figure that differs between the two runs, with its 95 % interval, on a logarithmic axis around 1, by " +
  "scenario; in the row of the scenario's name, every figure that was compared.";

/** Where the two runs differ. Undefined when no figure of theirs has a ratio. */
export function comparisonChart(comparison: Comparison): TopLevelSpec | undefined {
  const rows = chartRows(comparison);
  const placed = placedRows(rows);
  const all = rows.flatMap((row) => (row.kind === "scenario" ? row.ratios : []));
  if (all.length === 0) return undefined;
  const dots = placed.flatMap(({ row, y }) =>
    row.kind === "figure" && row.ratio !== undefined ? [{ ...row.ratio, look: row.look, y }] : [],
  );
  const axis = ratioAxis([...all, ...dots.flatMap(({ low, high }) => [low, high])]);
  const height = placed.at(-1)?.bottom ?? 0;
  const x = (field: string) => ({ field, type: "quantitative" as const });
  const y = { field: "y", type: "quantitative", scale: null, axis: null } as const;
  const at = (value: number) => ({ value });
  const text = (data: readonly Text[], align: "left" | "right", px: number) =>
    ["heading" as const, "name" as const].map((rank) => ({
      data: { values: data.filter((line) => line.rank === rank) },
      mark: {
        type: "text" as const,
        align,
        fontSize: rank === "heading" ? headingSize : nameSize,
        fontWeight: rank === "heading" ? (600 as const) : ("normal" as const),
        color: rank === "heading" ? ink : softInk,
      },
      encoding: { x: at(px), y, text: { field: "text" } },
    }));
  const names = Object.keys(looks);
  const look = {
    field: "look",
    type: "nominal",
    scale: { domain: names, range: Object.values(looks).map(({ colour }) => colour) },
    legend: { title: null, orient: "top", columnPadding: 20 },
  } as const;
  return {
    ...chartLook,
    title: titleOf("Where do the two runs differ?", explanation(comparison, rows)),
    width: plotWidth,
    height,
    encoding: {
      x: {
        type: "quantitative",
        scale: { type: "log", domain: [...axis.domain], nice: false },
        axis: {
          values: axis.ticks.map(({ value }) => value),
          labelExpr: `${JSON.stringify(Object.fromEntries(axis.ticks.map(({ value, label }) => [value, label])))}[datum.value]`,
          title: "B over A, logarithmic",
          titlePadding: 8,
        },
      },
    },
    layer: [
      {
        data: { values: [{ ratio: 1 }] },
        mark: { type: "rule", color: ink, strokeWidth: 1.2 },
        encoding: { x: x("ratio"), y: at(0), y2: at(height) },
      },
      {
        data: { values: placed.filter(({ row }) => row.kind === "figure").map((row) => ({ y: row.y })) },
        mark: { type: "rule", color: gridLine },
        encoding: { x: at(0), x2: at(plotWidth), y },
      },
      {
        data: {
          values: placed.flatMap(({ row, y }) =>
            row.kind === "scenario" ? row.ratios.map((ratio) => ({ ratio, y })) : [],
          ),
        },
        mark: { type: "tick", color: softInk, thickness: 1.5, height: 12, opacity: 0.45 },
        encoding: { x: x("ratio"), y },
      },
      {
        data: { values: dots },
        mark: { type: "rule", strokeWidth: 2.5, opacity: 0.55 },
        encoding: { x: x("low"), x2: { field: "high" }, y, color: look },
      },
      {
        data: { values: dots },
        mark: { type: "point", filled: true, size: 64, opacity: 1 },
        encoding: {
          x: x("value"),
          y,
          color: look,
          shape: { ...look, scale: { domain: names, range: Object.values(looks).map(({ shape }) => shape) } },
        },
      },
      ...text(placed.flatMap(leftTexts), "left", -namesWidth),
      ...text(placed.flatMap(rightTexts), "right", plotWidth + textsWidth),
    ],
  };
}

function explanation({ a, b, scenarios, circumstances }: Comparison, rows: readonly ChartRow[]): string[] {
  const trials = scenarios.flatMap(({ figures }) => figures.flatMap((figure) => [figure.a.n, figure.b.n]));
  const machines = circumstances.sameMachine
    ? shortMachineText(b)
    : `Two machines: A ${shortMachineText(a)}; B ${shortMachineText(b)}`;
  const shown = rows.map(({ name }) => name).join(" ");
  const marked = Object.entries(marks).flatMap(([mark, meaning]) =>
    shown.includes(mark) ? [`${mark} ${meaning}`] : [],
  );
  return [
    "Dot and bar: B over A and its 95 % interval, of the figures that differ most. Ticks beside a scenario's name: all of its figures.",
    `A: run ${a.id}. B: run ${b.id}.`,
    `${machines}; up to n = ${counted(Math.max(0, ...trials), "trial")} of each.`,
    ...(marked.length === 0 ? [] : [`${marked.join("; ")}.`]),
  ];
}

/** Of the cells in the one run or the other. */
const marks = {
  "*": "at a smaller point than asked for",
  "†": "generator-bound",
  "◊": "the server was not busy",
  "‡": "faults or failed trials",
} as const;

interface Placed {
  readonly row: ChartRow;
  /** Of its middle, and where the next one begins. */
  readonly y: number;
  readonly bottom: number;
  readonly lines: readonly string[];
}

function placedRows(rows: readonly ChartRow[]): Placed[] {
  const placed: Placed[] = [];
  for (const row of rows) {
    const lines = fitLines(row.name, row.kind === "scenario" ? headingSize : nameSize, namesWidth - 10);
    const above =
      (placed.at(-1)?.bottom ?? 0) + (row.kind === "scenario" && placed.length > 0 ? groupGap : 0);
    const height = lines.length * lineHeight + rowGap;
    placed.push({ row, lines, y: above + height / 2, bottom: above + height });
  }
  return placed;
}

interface Text {
  readonly text: string;
  readonly y: number;
  readonly rank: "heading" | "name";
}

function leftTexts({ row, lines, y }: Placed): Text[] {
  return lines.map((text, i) => ({
    text,
    y: y + (i - (lines.length - 1) / 2) * lineHeight,
    rank: row.kind === "scenario" ? "heading" : "name",
  }));
}

function rightTexts({ row, y }: Placed): Text[] {
  return [{ text: row.text, y, rank: "name" }];
}
