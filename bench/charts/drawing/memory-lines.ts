import type { TopLevelSpec } from "vega-lite";
import type { IoModel } from "../../../servers/contract.ts";
import { formatFigure } from "../../report/format.ts";
import type { Run } from "../../result.ts";
import type { Interval } from "../../stats/bootstrap.ts";
import { focused, focusParam } from "./focus.ts";
import { footnoteLines, textView } from "./footnotes.ts";
import { type ConcatView, chartLook, chartWidth, ioModelScales, titleOf } from "./layout.ts";
import { labelsOf, logAxis } from "./log-axis.ts";
import { contextLine, ink, noticeInk, paper, softInk } from "./palette.ts";
import { spreadApart } from "./spread-apart.ts";
import { fitLine } from "./text-width.ts";
import { type Tip, tooltip } from "./tooltip.ts";

/** One line a server: connections over the memory that they take, up to all that the machine has. */
export interface MemoryLines {
  readonly question: string;
  readonly explanation: readonly string[];
  readonly memoryBytes: number;
  readonly lines: readonly MemoryLine[];
  /** Servers without a line, and why. */
  readonly without: readonly { readonly server: string; readonly marks: string; readonly message: string }[];
  readonly footnotes: readonly string[];
}

export interface MemoryLine {
  readonly server: string;
  readonly ioModel: IoModel;
  readonly marks: string;
  readonly state: string;
  /** At least one; by connections, fewest first. */
  readonly readings: readonly (Spot & Interval & { readonly value: string })[];
  /** What one more takes of memory. */
  readonly moreBytes: number;
  readonly fits: number;
  /** Whether the server itself would hold no more than at its last reading. */
  readonly atMost: boolean;
  /** One for each of `columnTitles`. */
  readonly texts: readonly string[];
}

interface Spot {
  readonly connections: number;
  readonly bytes: number;
}

export const columnTitles = ["memory each", "held", "would fit"] as const;

const axisWidth = 62;
const plotWidth = 286;
const plotHeight = 380;
const leaderWidth = 26;
const columnEnds = [218, 282, 372] as const;
const labelGap = 17;
/** Steps of a line where it is no straight one on two logarithmic axes. */
const steps = 24;

export function memoryLines(run: Run, chart: MemoryLines): TopLevelSpec {
  const footnotes = footnoteLines(chart.footnotes);
  return {
    ...chartLook,
    params: [focusParam],
    title: titleOf(chart.question, chart.explanation),
    spacing: 18,
    vconcat: [
      ...(chart.lines.length === 0 ? [] : [plotView(run, chart)]),
      ...(chart.without.length === 0 ? [] : [withoutView(chart)]),
      ...(footnotes.length === 0 ? [] : [textView(footnotes, plotWidth, -axisWidth)]),
    ],
  };
}

function plotView(run: Run, { lines, memoryBytes }: MemoryLines): ConcatView {
  const { domain, colours, shapes } = ioModelScales(run);
  const least = Math.min(...lines.flatMap(({ readings }) => readings[0]?.connections ?? []));
  const connections = logAxis([least < 12 ? 1.1 : 11, ...lines.map(({ fits }) => fits)], "count");
  const [fewest] = connections.domain;
  const starts = lines.map((line) => bytesOf(line, fewest));
  const { domain: memoryDomain, ticks } = logAxis([...starts, memoryBytes], "bytes", 6);
  const x = (field: string) => ({
    field,
    type: "quantitative" as const,
    scale: { type: "log" as const, domain: [memoryDomain[0], memoryBytes], nice: false, clamp: true },
    axis: {
      values: ticks.map(({ value }) => value).filter((value) => value < memoryBytes),
      labelExpr: labelsOf(ticks),
      title: "memory of all connections, logarithmic",
      titlePadding: 8,
    },
  });
  const y = (field: string) => ({
    field,
    type: "quantitative" as const,
    scale: { type: "log" as const, domain: [...connections.domain], nice: false },
    axis: {
      values: connections.ticks.map(({ value }) => value),
      labelExpr: labelsOf(connections.ticks),
      title: null,
    },
  });
  const pixel = (field: string) => ({ field, type: "quantitative", scale: null, axis: null }) as const;
  const colour = {
    field: "ioModel",
    type: "nominal",
    scale: { domain, range: colours },
    legend: { orient: "top", title: null, offset: 22, columnPadding: 20 },
  } as const;
  const shape = { ...colour, scale: { domain, range: shapes } } as const;
  const measured = lines.flatMap(({ server, ioModel, ...line }) => {
    const first = { connections: fewest, bytes: bytesOf(line, fewest) };
    return [first, ...line.readings.filter((reading) => reading.connections > fewest)].map(
      ({ connections, bytes }) => ({ server, ioModel, connections, bytes }),
    );
  });
  const beyond = lines.flatMap(({ server, ioModel, ...line }) =>
    beyondOf(line).map((spot) => ({ server, ioModel, ...spot })),
  );
  const readings = lines.flatMap(({ server, ioModel, state, atMost, readings }) =>
    readings.map(({ value, ...reading }) => {
      const isLast = reading.connections === readings.at(-1)?.connections;
      const form = !isLast ? "passed" : atMost ? "at most" : "at least";
      const figure = `memory of ${reading.connections.toLocaleString("en")} connections`;
      return { server, ioModel, ...reading, form, ...({ figure, value, state } satisfies Tip) };
    }),
  );
  const labels = labelsBeside(lines, connections.domain);
  const texts = labels.flatMap(({ server, texts, y }) =>
    texts.map((text, index) => ({ server, text, y, x: plotWidth + (columnEnds[index] ?? 0) })),
  );
  const point = (form: (typeof readings)[number]["form"]) => ({
    values: readings.filter((reading) => reading.form === form),
  });
  const headings = [
    { text: "connections held at once, logarithmic", x: -axisWidth, align: "left" as const },
    ...columnTitles.map((text, index) => ({
      ...{ text, x: plotWidth + (columnEnds[index] ?? 0) },
      align: "right" as const,
    })),
  ];
  return {
    width: plotWidth,
    height: plotHeight,
    layer: [
      {
        data: { values: [{ bytes: memoryBytes }] },
        mark: { type: "rule", color: softInk, strokeWidth: 1.5 },
        encoding: { x: x("bytes"), y: { value: 0 }, y2: { value: plotHeight } },
      },
      {
        data: {
          values: [{ text: `memory of this machine: ${formatFigure(memoryBytes, "bytes")}` }],
        },
        mark: { type: "text", align: "right", fontSize: 11, color: softInk },
        // Where hardly a connection takes all of the memory, no line comes by.
        encoding: {
          ...{ x: { value: plotWidth - 6 }, y: { value: plotHeight - 10 } },
          ...{ text: { field: "text" } },
        },
      },
      {
        data: { values: labels },
        mark: { type: "rule", color: contextLine },
        encoding: {
          ...{ x: { value: plotWidth }, x2: { value: plotWidth + leaderWidth } },
          ...{ y: pixel("anchor"), y2: { field: "y" }, opacity: focused() },
        },
      },
      {
        data: { values: beyond },
        mark: { type: "line", strokeWidth: 1.4, strokeDash: [4, 3] },
        encoding: { x: x("bytes"), y: y("connections"), color: colour, ...ofServer(0.75) },
      },
      {
        data: { values: measured },
        mark: { type: "line", strokeWidth: 2 },
        encoding: { x: x("bytes"), y: y("connections"), color: colour, ...ofServer(1) },
      },
      {
        data: { values: readings },
        mark: { type: "rule", strokeWidth: 8 },
        encoding: {
          ...{ x: x("low"), x2: { field: "high" }, y: y("connections"), color: colour },
          ...{ opacity: focused(0.3), tooltip: tooltip() },
        },
      },
      {
        data: point("at least"),
        mark: { type: "point", fill: paper, strokeWidth: 1.8, size: 60 },
        encoding: {
          ...{ x: x("bytes"), y: y("connections"), color: colour, shape },
          ...{ opacity: focused(), tooltip: tooltip() },
        },
      },
      ...(["at most", "passed"] as const).map((form) => ({
        data: point(form),
        mark: { type: "point" as const, filled: true, size: form === "passed" ? 22 : 80 },
        encoding: {
          ...{ x: x("bytes"), y: y("connections"), color: colour, shape },
          ...{ opacity: focused(), tooltip: tooltip() },
        },
      })),
      {
        data: { values: labels },
        mark: { type: "text", align: "left" },
        encoding: {
          ...{ x: { value: plotWidth + leaderWidth + 4 }, y: pixel("y") },
          ...{ text: { field: "name" }, opacity: focused() },
        },
      },
      {
        data: { values: texts },
        mark: { type: "text", align: "right", fontSize: 11.5 },
        encoding: { x: pixel("x"), y: pixel("y"), text: { field: "text" }, opacity: focused() },
      },
      ...headings.map(({ text, x, align }) => ({
        data: { values: [{ text }] },
        mark: { type: "text" as const, align, fontSize: 11, fontWeight: 600 as const, color: softInk },
        encoding: { x: { value: x }, y: { value: -16 }, text: { field: "text" } },
      })),
    ],
  };
}

function ofServer(opacity: number) {
  return { detail: { field: "server", type: "nominal" as const }, opacity: focused(opacity) };
}

/** Memory of so many connections, fewer than the first reading has: as if each of these took the same. */
function bytesOf({ readings }: Pick<MemoryLine, "readings">, connections: number): number {
  const [first] = readings;
  return first === undefined ? connections : (first.bytes / first.connections) * connections;
}

/** From the last reading to where the memory ends. */
function beyondOf({
  readings,
  moreBytes,
  fits,
}: Pick<MemoryLine, "readings" | "moreBytes" | "fits">): Spot[] {
  const last = readings.at(-1);
  if (last === undefined) return [];
  return Array.from({ length: steps + 1 }, (_, step) => {
    const connections = last.connections * (fits / last.connections) ** (step / steps);
    return { connections, bytes: last.bytes + (connections - last.connections) * moreBytes };
  });
}

/** What stands at the right of the plot: each line's name at its end, or as near to it as the others leave room. */
function labelsBeside(lines: readonly MemoryLine[], [low, high]: readonly [number, number]) {
  const anchorOf = ({ fits }: MemoryLine) =>
    plotHeight * (1 - Math.log(Math.max(fits, low) / low) / Math.log(high / low));
  const sorted = lines.toSorted((a, b) => b.fits - a.fits);
  const places = spreadApart(sorted.map(anchorOf), labelGap, { from: 8, to: plotHeight - 8 });
  return sorted.map((line, index) => ({
    ...{ server: line.server, name: `${line.server}${line.marks}`, texts: line.texts },
    ...{ anchor: anchorOf(line), y: places[index] ?? 0 },
  }));
}

function withoutView({ without }: MemoryLines): ConcatView {
  const rowHeight = 20;
  const rows = without.map(({ server, marks, message }, index) => ({
    ...{ server, name: `${server}${marks}`, y: 10 + index * rowHeight },
    text: fitLine(message, 11, chartWidth - 140),
    ...({ figure: "memory", value: "none", state: message } satisfies Tip),
  }));
  const pixel = { field: "y", type: "quantitative", scale: null, axis: null } as const;
  return {
    width: plotWidth,
    height: rowHeight * without.length,
    data: { values: rows },
    layer: [
      {
        mark: { type: "text", align: "left", color: ink },
        encoding: {
          ...{ x: { value: -axisWidth }, y: pixel },
          ...{ text: { field: "name" }, opacity: focused() },
        },
      },
      {
        mark: { type: "text", align: "left", fontSize: 11, fontStyle: "italic", color: noticeInk },
        encoding: {
          ...{ x: { value: 140 - axisWidth }, y: pixel, text: { field: "text" } },
          ...{ opacity: focused(), tooltip: tooltip() },
        },
      },
    ],
  };
}
