import type { TopLevelSpec } from "vega-lite";
import type { Interval } from "../../stats/bootstrap.ts";
import { focusParam } from "./focus.ts";
import { footnoteLines, textView } from "./footnotes.ts";
import { type ConcatView, chartLook, chartWidth, titleOf } from "./layout.ts";
import { type LogAxis, logAxis } from "./log-axis.ts";
import { contextLine, gridLine, ink, ioModelLooks, noticeInk, paper, softInk } from "./palette.ts";
import { strikes } from "./strikes.ts";
import { fitLines } from "./text-width.ts";
import { type Tip, tooltip } from "./tooltip.ts";

/** Panels side by side: what was measured over the line of a law, both scales logarithmic. */
export interface LawPanels {
  readonly question: string;
  readonly explanation: readonly string[];
  readonly panels: readonly LawPanel[];
  readonly footnotes: readonly string[];
}

/** One for each time that a query takes. */
export interface LawPanel {
  readonly heading: string;
  readonly queryMs: number;
  readonly clients: number;
  readonly points: readonly LawPoint[];
  /** Arms without a point, each with the reason. */
  readonly messages: readonly string[];
}

export interface LawPoint extends Tip, Interval {
  readonly arm: string;
  /** Queries under way at once. */
  readonly atOnce: number;
  /** Of one of the two ways to wait. */
  readonly waits: keyof typeof labels;
  /** Whether the processor was what limited. */
  readonly busy: boolean;
  readonly doubtful: boolean;
  readonly perSecond: number;
  readonly law: number;
  readonly label: string;
}

const axisWidth = 62;
const panelGap = 18;
const widestPanel = 330;
const panelHeight = 300;
const labels = { "event loop": "event loop", "thread per connection": "threads that each wait" } as const;

export function lawPanels({ question, explanation, panels, footnotes }: LawPanels): TopLevelSpec {
  const room = chartWidth - axisWidth - panelGap * (panels.length - 1);
  const width = Math.min(widestPanel, Math.floor(room / panels.length));
  const all = panels.flatMap(({ points }) => points);
  const answers = logAxis(
    // Below the lowest there is room for its label.
    all.flatMap(({ low, high, law }) => [low / 2, high, law]),
    "per second",
  );
  const lines = footnoteLines(footnotes);
  return {
    ...chartLook,
    params: [focusParam],
    title: titleOf(question, explanation),
    spacing: 14,
    vconcat: [
      {
        spacing: panelGap,
        hconcat: panels.map((panel, i) => panelView(panel, { width, answers, first: i === 0 })),
      },
      ...(lines.length === 0 ? [] : [textView(lines, width, -axisWidth)]),
    ],
  };
}

interface Frame {
  readonly width: number;
  readonly answers: LogAxis;
  /** The one at the left has the labels for all. */
  readonly first: boolean;
}

function panelView(panel: LawPanel, { width, answers, first }: Frame): ConcatView {
  const { points, messages, queryMs, clients, heading } = panel;
  const lawAt = (atOnce: number) => ({ atOnce, law: (atOnce * 1_000) / queryMs });
  const ticks = [...new Set(points.map(({ atOnce }) => atOnce))];
  const at = (field: string) => ({ field, type: "quantitative" }) as const;
  const domain = Object.keys(labels) as (keyof typeof labels)[];
  const looks = domain.map((name) => ioModelLooks[name]);
  const named = points.map((point) => ({ ...point, waits: labels[point.waits] }));
  const legend = { orient: "top", title: null, columnPadding: 20 } as const;
  const waits = { field: "waits", type: "nominal" } as const;
  const colour = {
    ...waits,
    scale: { domain: Object.values(labels), range: looks.map(({ colour }) => colour) },
    legend,
  } as const;
  const shape = {
    ...waits,
    scale: { domain: Object.values(labels), range: looks.map(({ shape }) => shape) },
    legend,
  } as const;
  const notices = messages.flatMap((message) => fitLines(message, 10, width - 14));
  return {
    width,
    height: panelHeight,
    title: { text: heading, anchor: "start", frame: "group", fontSize: 12, offset: 8 },
    encoding: {
      x: {
        ...at("atOnce"),
        scale: { type: "log", domain: [0.7, Math.max(clients, 1) * 5], nice: false },
        axis: {
          values: ticks,
          title: "queries under way at once, logarithmic",
          titlePadding: 8,
          grid: false,
          format: "d",
        },
      },
      y: {
        ...at("perSecond"),
        scale: { type: "log", domain: [...answers.domain], nice: false },
        axis: {
          values: answers.ticks.map(({ value }) => value),
          labels: first,
          labelExpr: `${JSON.stringify(Object.fromEntries(answers.ticks.map(({ value, label }) => [value, label])))}[datum.value]`,
          gridColor: gridLine,
          title: first ? "requests answered, logarithmic" : null,
          titlePadding: 8,
          ...(first
            ? { minExtent: axisWidth - 16, maxExtent: axisWidth - 16 }
            : { minExtent: 0, maxExtent: 0 }),
        },
      },
    },
    layer: [
      {
        data: { values: [lawAt(1), lawAt(clients)] },
        mark: { type: "line", color: softInk, strokeWidth: 1.5 },
        encoding: { y: at("law") },
      },
      {
        data: { values: [{ ...lawAt(Math.sqrt(clients / 4)), text: "the law" }] },
        mark: { type: "text", align: "right", dx: -8, dy: -8, fontSize: 11, color: softInk },
        encoding: { y: at("law"), text: { field: "text" } },
      },
      {
        data: { values: named },
        mark: { type: "rule", color: contextLine, strokeWidth: 1.5 },
        encoding: { y: at("law"), y2: { field: "perSecond" } },
      },
      {
        data: { values: named },
        mark: { type: "rule", strokeWidth: 8, opacity: 0.3 },
        encoding: { y: at("low"), y2: { field: "high" }, color: colour },
      },
      {
        data: { values: named.filter(({ busy }) => !busy) },
        mark: { type: "point", filled: true, size: 80, opacity: 1 },
        encoding: { color: colour, shape, tooltip: tooltip("arm") },
      },
      {
        data: { values: named.filter(({ busy }) => busy) },
        mark: { type: "point", fill: paper, strokeWidth: 2, size: 70, opacity: 1 },
        encoding: { color: colour, shape, tooltip: tooltip("arm") },
      },
      ...strikes(
        named.filter(({ doubtful }) => doubtful),
        {},
      ),
      {
        data: { values: named },
        mark: { type: "text", align: "left", dx: 9, dy: 9, fontSize: 11, color: ink },
        encoding: { text: { field: "label" } },
      },
      {
        data: { values: notices.map((text, i) => ({ text, y: 8 + 14 * i })) },
        mark: { type: "text", align: "left", fontSize: 10, fontStyle: "italic", color: noticeInk },
        encoding: {
          x: { value: 6 },
          y: { field: "y", type: "quantitative", scale: null, axis: null },
          text: { field: "text" },
        },
      },
    ],
  };
}
