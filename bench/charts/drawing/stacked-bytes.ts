import type { TopLevelSpec } from "vega-lite";
import type { Interval } from "../../stats/bootstrap.ts";
import { footnoteLines, textView } from "./footnotes.ts";
import { type ConcatView, chartLook, chartWidth, titleOf } from "./layout.ts";
import { contextLine, gridLine, ink, ioModelLooks, noticeInk, paper, softInk } from "./palette.ts";
import { fitLine } from "./text-width.ts";
import { type Tip, tooltip } from "./tooltip.ts";

/** One bar an arm, from 0: what it takes of bytes, parted. */
export interface StackedBytes {
  readonly question: string;
  readonly explanation: readonly string[];
  readonly arms: readonly StackedArm[];
  /** Sentences below the bars. */
  readonly footnotes: readonly string[];
}

export interface StackedArm {
  readonly arm: string;
  readonly marks: string;
  readonly summary: string;
  readonly state: string;
  readonly stack?: Stack;
  /** What stands in place of a bar that there is none of. */
  readonly message?: string;
}

interface Stack {
  readonly parts: readonly { readonly part: Part; readonly bytes: number; readonly value: string }[];
  /** Into so many cells the last part is divided. */
  readonly packets: number;
  readonly total: number;
  /** Undefined where all trials counted the same. */
  readonly spread: Interval | undefined;
  /** At the right, under their titles: each a text, and a smaller one below. */
  readonly texts: readonly (readonly [string, string])[];
}

/** From dark to light: they can be told apart in grey. */
const looks = {
  payload: ink,
  "headers and framing": ioModelLooks["event loop"].colour,
  "TCP and IP, a cell a packet": contextLine,
} as const;

export type Part = keyof typeof looks;

export const columnTitles = ["headers", "TCP/IP", "total", "over ws"] as const;

const columnEnds = [0, 56, 136, 214] as const;
const barsWidth = chartWidth - 214 - 60;
const rowHeight = 48;
const barTop = 17;
const barBottom = 33;

export function stackedBytes({ question, explanation, arms, footnotes }: StackedBytes): TopLevelSpec {
  const lines = footnoteLines(footnotes);
  return {
    ...chartLook,
    title: titleOf(question, explanation),
    spacing: 18,
    vconcat: [barsView(arms), ...(lines.length === 0 ? [] : [textView(lines, barsWidth, 0)])],
  };
}

function barsView(arms: readonly StackedArm[]): ConcatView {
  const rows = arms.map((arm, index) => ({ ...arm, top: index * rowHeight }));
  const stacks = rows.flatMap(({ stack, ...row }) => (stack === undefined ? [] : [{ ...row, stack }]));
  const bars = stacks.flatMap(({ arm, state, top, stack }) => {
    let from = 0;
    return stack.parts.map(({ part, bytes, value }) => {
      const bar = { arm, part, from, to: from + bytes, top: top + barTop, bottom: top + barBottom };
      from += bytes;
      return { ...bar, ...({ figure: part, value, state } satisfies Tip) };
    });
  });
  const cells = stacks.flatMap(({ top, stack }) => {
    const last = stack.parts.at(-1);
    if (last === undefined || last.part !== "TCP and IP, a cell a packet") return [];
    const packets = Math.round(stack.packets);
    return Array.from({ length: Math.max(0, packets - 1) }, (_, index) => ({
      at: stack.total - last.bytes + ((index + 1) * last.bytes) / packets,
      ...{ top: top + barTop, bottom: top + barBottom },
    }));
  });
  const spreads = stacks.flatMap(({ top, stack: { spread } }) =>
    spread === undefined ? [] : [{ ...spread, middle: top + (barTop + barBottom) / 2 }],
  );
  const texts = stacks.flatMap(({ top, stack }) =>
    stack.texts.flatMap(([text, below], index) => {
      const x = barsWidth + 60 + (columnEnds[index] ?? 0);
      const middle = top + (barTop + barBottom) / 2;
      return [
        { text, x, y: middle, rank: "figure" },
        ...(below === "" ? [] : [{ text: below, x, y: middle + 13, rank: "interval" }]),
      ];
    }),
  );
  const heads = rows.map(({ arm, marks, summary, top }) => ({
    ...{ name: `${arm}${marks}`, y: top + 7 },
    summary: fitLine(summary, 10.5, chartWidth - summaryAt),
  }));
  const messages = rows.flatMap(({ arm, message, top }) =>
    message === undefined
      ? []
      : [
          {
            ...{ arm, text: fitLine(message, 11, chartWidth - 8), y: top + (barTop + barBottom) / 2 },
            ...({ figure: "bytes", value: "none", state: message } satisfies Tip),
          },
        ],
  );
  const colour = {
    field: "part",
    type: "nominal",
    scale: { domain: Object.keys(looks), range: Object.values(looks) },
    legend: { orient: "top", title: null, offset: 22, columnPadding: 20, symbolType: "square" },
  } as const;
  const bytes = (field: string) =>
    ({
      field,
      type: "quantitative",
      scale: { zero: true, nice: true },
      axis: {
        title: "bytes of one message, both ways",
        titlePadding: 8,
        gridColor: gridLine,
        tickCount: 6,
      },
    }) as const;
  const pixel = (field: string) => ({ field, type: "quantitative", scale: null, axis: null }) as const;
  return {
    width: barsWidth,
    height: rowHeight * rows.length,
    layer: [
      {
        // No line of the grid runs through the words.
        data: { values: rows.map(({ top }) => ({ top, bottom: top + barTop - 1 })) },
        mark: { type: "rect", color: paper },
        encoding: {
          ...{ x: { value: -1 }, x2: { value: barsWidth + 1 } },
          ...{ y: pixel("top"), y2: { field: "bottom" } },
        },
      },
      {
        data: { values: bars },
        mark: { type: "rect" },
        encoding: {
          ...{ x: bytes("from"), x2: { field: "to" }, y: pixel("top"), y2: { field: "bottom" } },
          ...{ color: colour, tooltip: tooltip("arm") },
        },
      },
      {
        data: { values: cells },
        mark: { type: "rule", color: paper, strokeWidth: 1.5 },
        encoding: { x: bytes("at"), y: pixel("top"), y2: { field: "bottom" } },
      },
      {
        data: { values: spreads },
        mark: { type: "rule", color: ink, strokeWidth: 3 },
        encoding: { x: bytes("low"), x2: { field: "high" }, y: pixel("middle") },
      },
      {
        data: { values: heads },
        mark: { type: "text", align: "left", fontWeight: 600 },
        encoding: { x: { value: 0 }, y: pixel("y"), text: { field: "name" } },
      },
      {
        data: { values: heads },
        mark: { type: "text", align: "left", fontSize: 10.5, color: softInk },
        encoding: { x: { value: summaryAt }, y: pixel("y"), text: { field: "summary" } },
      },
      {
        data: { values: texts.filter(({ rank }) => rank === "figure") },
        mark: { type: "text", align: "right", fontSize: 11.5 },
        encoding: { x: pixel("x"), y: pixel("y"), text: { field: "text" } },
      },
      {
        data: { values: texts.filter(({ rank }) => rank === "interval") },
        mark: { type: "text", align: "right", fontSize: 10, color: softInk },
        encoding: { x: pixel("x"), y: pixel("y"), text: { field: "text" } },
      },
      {
        data: { values: messages },
        mark: { type: "text", align: "left", fontSize: 11, fontStyle: "italic", color: noticeInk },
        encoding: {
          ...{ x: { value: 6 }, y: pixel("y"), text: { field: "text" } },
          ...{ tooltip: tooltip("arm") },
        },
      },
      ...columnTitles.map((text, index) => ({
        data: { values: [{ text }] },
        mark: {
          type: "text" as const,
          align: "right" as const,
          fontSize: 11,
          fontWeight: 600 as const,
          color: softInk,
        },
        encoding: {
          x: { value: barsWidth + 60 + (columnEnds[index] ?? 0) },
          y: { value: -10 },
          text: { field: "text" },
        },
      })),
    ],
  };
}

/** Right of the longest name. */
const summaryAt = 84;
