import { type Cell, cellsOf, type FigureSummary, spreadOf } from "../report/cells.ts";
import { formatFigure, formatNumber } from "../report/format.ts";
import { pointKey } from "../report/points.ts";
import { countText, trialsText } from "../report/trials-text.ts";
import type { Run } from "../result.ts";
import type { Chart, PictureTable } from "./chart.ts";
import { conditionsText } from "./drawing/layout.ts";
import {
  axisStart,
  edgeSigns,
  loadFootnotes,
  loadLegend,
  loadNotices,
  rateOf,
  rateText,
} from "./drawing/load-words.ts";
import { logAxis, type Tick } from "./drawing/log-axis.ts";
import { markWords } from "./drawing/mark-words.ts";
import { fittingTicks, type PanelAxis } from "./drawing/panel-axis.ts";
import { endsOf, panelHead } from "./drawing/panel-figures.ts";
import { panelWidth, tickSize } from "./drawing/panel-size.ts";
import {
  type Curve,
  type EdgeMark,
  type PanelDot,
  type ServerPanel,
  serverPanels,
} from "./drawing/server-panels.ts";
import { spreadWords } from "./drawing/spread-words.ts";
import { stateMessage } from "./drawing/state-message.ts";
import { summaryText } from "./drawing/summary-text.ts";
import { figureTip } from "./drawing/tooltip.ts";

/** The lines of a panel. */
const shown = [
  { figure: "p50Ms", label: "p50", look: "strong", size: "large" },
  { figure: "p99Ms", label: "p99", look: "thin", size: "small" },
] as const;

type Shown = (typeof shown)[number];

const chart: Chart = {
  name: "latency-against-load",
  scenario: "rates",
  claims: ["dynamic-duo"],
  description:
    "A small chart for each server: its latency from webhook to subscriber, median and 99th percentile with their intervals, as webhooks come more often, up to the server's ceiling. Both scales are logarithmic; the medians of the other servers are in grey behind it.",

  picture(run) {
    const cells = measuredOnce(cellsOf(run, this.scenario));
    const summaries = cells.flatMap((cell) => shown.flatMap((line) => summaryOf(cell, line) ?? []));
    const question = run.scenarios.find(({ name }) => name === this.scenario)?.question;
    if (question === undefined || summaries.length === 0) return undefined;
    const spec = serverPanels({
      question,
      explanation: [
        `Thick: p50, which half of the events did not exceed; as figures, at the lowest and the highest rate. Dashed: p99.${spreadWords("Bar", summaries)}`,
        `Grey: p50 of the other servers.${loadLegend(cells)}`,
        conditionsText(run, trialsText(cells)),
      ],
      ...axesOf(cells, summaries),
      along: "y",
      grids: [
        {
          panels: run.servers.flatMap(({ name }) => {
            const own = cells.filter(({ arm }) => arm === name);
            return own.length === 0 ? [] : [panelOf(run, own, axisStart(cells))];
          }),
          footnotes: loadFootnotes(cells),
        },
      ],
    });
    return { spec, table: tableOf(cells) };
  },
};

export default chart;

/** Of a server that was clamped the same trials stand in the cells of all rates above its ceiling. */
function measuredOnce(cells: readonly Cell[]): Cell[] {
  const seen = new Map<string, Cell>();
  for (const cell of cells) {
    const key = `${cell.arm} ${pointKey(cell.measuredAt)}`;
    if (!seen.has(key)) seen.set(key, cell);
  }
  return [...seen.values()].sort((a, b) => rateOf(a) - rateOf(b));
}

/** Undefined where there is none, or none that has a place on a logarithmic axis. */
function summaryOf(cell: Cell, { figure }: Shown): FigureSummary | undefined {
  const summary = cell.figures[figure];
  return summary === undefined || summary.min <= 0 ? undefined : summary;
}

/** Beyond the last rate, so that no symbol lies on the edge. */
const margin = 1.35;

function axesOf(
  cells: readonly Cell[],
  summaries: readonly FigureSummary[],
): { readonly x: PanelAxis; readonly y: PanelAxis } {
  const domain = [axisStart(cells), Math.max(...cells.map(rateOf)) * margin] as const;
  const latency = logAxis(
    summaries.map(spreadOf).flatMap(({ low, high }) => [low, high]),
    "ms",
  );
  return {
    x: { title: "webhooks per second", scale: "log", domain, ticks: rateTicks(cells, domain) },
    y: { title: "latency", scale: "log", ...latency },
  };
}

/** The rates asked for, where there is room to name each of them. */
function rateTicks(cells: readonly Cell[], domain: readonly [number, number]): readonly Tick[] {
  const rates = new Set(cells.flatMap(({ point }) => point.eventsPerSecond ?? []));
  const asked = [...rates].map((value) => ({ value, label: value.toLocaleString("en") }));
  const axis = { title: "", scale: "log", domain, ticks: asked } as const;
  if (fittingTicks(axis, panelWidth, tickSize).length === asked.length) return asked;
  return logAxis([...rates, ...domain], "per second")
    .ticks.filter(({ value }) => value >= domain[0] && value <= domain[1])
    .map(({ value }) => ({ value, label: value.toLocaleString("en") }));
}

/** Of the cells of one server, lowest rate first. What is below the start of the axis stands at its edge. */
function panelOf(run: Run, cells: readonly Cell[], start: number): ServerPanel {
  const [first] = cells;
  if (first === undefined) throw new RangeError("expected one cell or more for a panel, got none");
  const head = { ...panelHead(run, first), marks: uniqueMarks(run, cells) };
  const ceiling = cells.find(({ clampedBecause }) => clampedBecause !== undefined);
  const measured = cells.filter((cell) => shown.some((line) => summaryOf(cell, line) !== undefined));
  if (measured.length === 0) {
    const states = new Set(cells.map((cell) => stateMessage(cell) ?? "not read"));
    return { ...head, facts: [], notices: [], curves: [], dots: [], message: [...states].join("; ") };
  }
  return {
    ...head,
    facts: [`${countText(measured)} at each rate`, endsText(measured)],
    notices: loadNotices(cells),
    curves: shown.map((line) => curveOf(measured, line, start)),
    dots: [...shown].reverse().flatMap((line) => measured.flatMap((cell) => dotOf(cell, line, start))),
    edgeMarks: cells.flatMap((cell) => edgeMarkOf(cell, start)),
    ...(ceiling === undefined || rateOf(ceiling) < start ? {} : { ceiling: rateOf(ceiling) }),
  };
}

/** Each mark that any of the cells has, once. */
function uniqueMarks(run: Run, cells: readonly Cell[]): string {
  return [...new Set(cells.flatMap((cell) => [...panelHead(run, cell).marks]))].join("");
}

/** `p50 0.31 → 0.92 ms` */
function endsText(cells: readonly Cell[]): string {
  const medians = cells.flatMap((cell) => summaryOf(cell, shown[0])?.median ?? []);
  const [first, last] = [medians[0], medians.at(-1)];
  if (first === undefined || last === undefined) return "no p50";
  const from = medians.length === 1 ? "" : `${formatNumber(first)} → `;
  return `p50 ${from}${formatFigure(last, "ms")}`;
}

function curveOf(cells: readonly Cell[], line: Shown, start: number): Curve {
  const points = cells.flatMap((cell) => {
    const summary = summaryOf(cell, line);
    return summary === undefined ? [] : [{ x: Math.max(start, rateOf(cell)), y: summary.median }];
  });
  return { look: line.look, points };
}

function dotOf(cell: Cell, line: Shown, start: number): PanelDot[] {
  const summary = summaryOf(cell, line);
  if (summary === undefined) return [];
  return [
    {
      ...figureTip(`${line.label} at ${rateText(cell)}`, summary, "ms", markWords(cell)),
      x: Math.max(start, rateOf(cell)),
      y: summary.median,
      ...endsOf(summary),
      form: cell.generatorBound ? "open" : "filled",
      size: line.size,
    },
  ];
}

function edgeMarkOf(cell: Cell, start: number): EdgeMark[] {
  const state = stateMessage(cell);
  const isBeyond = rateOf(cell) < start;
  if (state === undefined && !isBeyond) return [];
  const tip = {
    figure: `at ${rateText(cell)}`,
    value: "none",
    state: state ?? "at a rate below those of the axis",
  };
  const text = isBeyond ? edgeSigns.beyond : cell.state === "failed" ? edgeSigns.failed : edgeSigns.none;
  return [{ ...tip, x: Math.max(start, rateOf(cell)), text }];
}

function tableOf(cells: readonly Cell[]): PictureTable {
  return {
    columns: ["at", "server", ...shown.map(({ label }) => label), "state"],
    rows: cells.map((cell) => {
      const state = stateMessage(cell);
      const texts = shown.map((line) =>
        state === undefined ? summaryText(summaryOf(cell, line), "ms") : "none",
      );
      const words = markWords(cell);
      return {
        server: cell.arm,
        cells: [
          rateText(cell),
          `${cell.arm}${words.map((word) => word.slice(0, 1)).join("")}`,
          ...texts,
          state ?? (words.length === 0 ? "completed" : words.join("; ")),
        ],
      };
    }),
  };
}
