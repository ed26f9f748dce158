import { type Cell, cellsOf, type FigureSummary, groupByPoint } from "../report/cells.ts";
import { counted, formatFigure, formatPoint } from "../report/format.ts";
import { markedRemarks } from "../report/remarks.ts";
import { marksOf } from "../report/tables.ts";
import { trialsText } from "../report/trials-text.ts";
import type { Run } from "../result.ts";
import { highestPercentile } from "../stats/enough-samples.ts";
import type { Chart, PictureTable } from "./chart.ts";
import { conditionsText } from "./drawing/layout.ts";
import { logAxis } from "./drawing/log-axis.ts";
import { hollowWords, markWords } from "./drawing/mark-words.ts";
import type { PanelAxis } from "./drawing/panel-axis.ts";
import { endsOf, panelHead } from "./drawing/panel-figures.ts";
import { type CurvePoint, type ServerPanel, serverPanels } from "./drawing/server-panels.ts";
import { spreadWords } from "./drawing/spread-words.ts";
import { stateMessage } from "./drawing/state-message.ts";
import { summaryText } from "./drawing/summary-text.ts";
import { figureTip } from "./drawing/tooltip.ts";
import { percentileOver, type TrialLatencies, trialLatencies } from "./drawing/trial-latencies.ts";

/** Steps a nine: enough for a smooth line. */
const stepsPerNine = 6;
/** Of so many events one is later: that of the first quartile, where lines begin. */
const firstOneIn = 4 / 3;

/** Percentiles that have a name, by the number of events of which one is later. */
const named = [
  { oneIn: 2, label: "p50" },
  { oneIn: 10, label: "p90" },
  { oneIn: 100, label: "p99" },
  { oneIn: 1_000, label: "p99.9" },
  { oneIn: 10_000, label: "p99.99" },
  { oneIn: 100_000, label: "p99.999" },
] as const;

/** Those of the table. */
const tabled = named.slice(0, 4);

/** The latencies of one server, at every percentile that each of its trials has enough events for. */
interface Distribution {
  readonly cell: Cell;
  readonly events: number;
  readonly percentiles: readonly Percentile[];
}

interface Percentile {
  readonly oneIn: number;
  readonly summary: FigureSummary;
}

const chart: Chart = {
  name: "delivery-percentiles",
  scenario: "delivery",
  claims: ["dynamic-duo"],
  description:
    "A small chart for each server: its latency from webhook to subscriber at every percentile that there are enough events for, with the interval over the trials. Both scales are logarithmic; the other servers are in grey behind it.",

  picture(run) {
    const groups = groupByPoint(cellsOf(run, this.scenario));
    // The calmest: what a server does under load is what other charts are about.
    const [cells = []] = groups;
    const distributions = cells.map(distributionOf);
    const summaries = distributions.flatMap(({ percentiles }) => percentiles.map(({ summary }) => summary));
    if (summaries.length === 0) return undefined;
    const calmest = groups.length === 1 ? "" : ", the calmest of those measured";
    const spec = serverPanels({
      question: "How late are the latest events?",
      explanation: [
        `At ${formatPoint(cells[0]?.point ?? {})}${calmest}. From left to right ever later events: at p99, the latency that 99 of 100 did not exceed.`,
        `Line: at each percentile the median of the trials, as far as three events of each lie beyond.${spreadWords("Band", summaries)}${hollowWords(cells)} Grey: the other servers.`,
        conditionsText(run, trialsText(cells)),
      ],
      ...axesOf(distributions),
      along: "y",
      grids: [
        {
          panels: distributions.map((distribution) => panelOf(run, distribution)),
          footnotes: markedRemarks(cells),
        },
      ],
    });
    return { spec, table: tableOf(distributions) };
  },
};

export default chart;

function distributionOf(cell: Cell): Distribution {
  const trials = trialLatencies(cell);
  const events = trials.map((trial) => eventsOf(cell, trial));
  const fewest = Math.min(...events);
  const percentiles = oneInUpTo(trials.length === 0 ? 0 : 100 / (100 - highestPercentile(fewest))).flatMap(
    (oneIn) => {
      const summary = percentileOver(trials, 100 * (1 - 1 / oneIn));
      return summary === undefined || summary.min <= 0 ? [] : [{ oneIn, summary }];
    },
  );
  return { cell, events: Math.round(events.reduce((sum, count) => sum + count, 0)), percentiles };
}

/** Deliveries of one event to many subscribers share its delays: what counts is events. */
function eventsOf({ measuredAt }: Cell, { histogram }: TrialLatencies): number {
  return histogram.count / Math.max(1, measuredAt.subscribers ?? 1);
}

/** Even steps on a scale of nines, and between them the percentiles that have a name. */
function oneInUpTo(last: number): number[] {
  const reached = last * (1 + 1e-9);
  const steps = Math.floor(Math.log10(Math.max(1, reached)) * stepsPerNine);
  const even = Array.from({ length: steps }, (_, step) => 10 ** ((step + 1) / stepsPerNine));
  const all = [firstOneIn, ...named.map(({ oneIn }) => oneIn), ...even].filter((oneIn) => oneIn <= reached);
  // A named one is also a step, give or take a binary fraction.
  return [...new Map(all.map((oneIn) => [oneIn.toPrecision(9), oneIn])).values()].sort((a, b) => a - b);
}

function axesOf(distributions: readonly Distribution[]): { readonly x: PanelAxis; readonly y: PanelAxis } {
  const percentiles = distributions.flatMap((distribution) => distribution.percentiles);
  const points = percentiles.map(pointOf);
  const mostOneIn = Math.max(10, ...percentiles.map(({ oneIn }) => oneIn));
  const y = logAxis(
    points.flatMap(({ y, low = y, high = y }) => [low, high]),
    "ms",
  );
  return {
    x: {
      title: "percentile of events, by nines",
      scale: "log",
      // Room for the last label within the panel.
      domain: [firstOneIn, mostOneIn * 1.4],
      ticks: named
        .filter(({ oneIn }) => oneIn <= mostOneIn)
        .map(({ oneIn, label }) => ({ value: oneIn, label })),
    },
    y: { title: "latency", scale: "log", ...y },
  };
}

function pointOf({ oneIn, summary }: Percentile): CurvePoint {
  return { x: oneIn, y: summary.median, ...endsOf(summary) };
}

function panelOf(run: Run, distribution: Distribution): ServerPanel {
  const { cell, events, percentiles } = distribution;
  const head = panelHead(run, cell);
  const notices = markWords(cell);
  if (percentiles.length === 0) {
    return { ...head, facts: [], notices, curves: [], dots: [], message: stateMessage(cell) ?? "not read" };
  }
  const figures = ["p50", "p99"].flatMap((label) => {
    const summary = summaryAt(distribution, label);
    return summary === undefined ? [] : [`${label} ${formatFigure(summary.median, "ms")}`];
  });
  return {
    ...head,
    facts: [`n = ${counted(cell.n, "trial")}, ${counted(events, "event")}`, figures.join(", ")],
    notices,
    curves: [{ look: "strong", points: percentiles.map(pointOf) }],
    dots: named.flatMap(({ oneIn, label }) => {
      const summary = summaryAt(distribution, label);
      if (summary === undefined) return [];
      return [
        {
          ...figureTip(label, summary, "ms", notices),
          x: oneIn,
          y: summary.median,
          form: cell.generatorBound ? ("open" as const) : ("filled" as const),
          size: "small" as const,
        },
      ];
    }),
  };
}

function summaryAt({ percentiles }: Distribution, label: string): FigureSummary | undefined {
  const wanted = named.find((candidate) => candidate.label === label)?.oneIn;
  return percentiles.find(({ oneIn }) => oneIn === wanted)?.summary;
}

function tableOf(distributions: readonly Distribution[]): PictureTable {
  return {
    columns: ["server", "events", ...tabled.map(({ label }) => label)],
    rows: distributions.map((distribution) => {
      const { cell, events } = distribution;
      const state = stateMessage(cell);
      const figureAt = (label: string) => {
        const summary = summaryAt(distribution, label);
        return state ?? (summary === undefined ? "too few events" : summaryText(summary, "ms"));
      };
      return {
        server: cell.arm,
        cells: [
          `${cell.arm}${marksOf(cell)}`,
          state ?? events.toLocaleString("en"),
          ...tabled.map(({ label }) => figureAt(label)),
        ],
      };
    }),
  };
}
