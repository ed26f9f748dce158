import { type Cell, cellsOf, type FigureSummary, groupByPoint, spreadOf } from "../report/cells.ts";
import { counted, formatFigure, formatNumber, formatPoint } from "../report/format.ts";
import { markedRemarks } from "../report/remarks.ts";
import { marksOf } from "../report/tables.ts";
import { trialsText } from "../report/trials-text.ts";
import type { Run } from "../result.ts";
import type { Chart, PictureTable } from "./chart.ts";
import { conditionsText } from "./drawing/layout.ts";
import { logAxis } from "./drawing/log-axis.ts";
import { hollowWords, markWords } from "./drawing/mark-words.ts";
import { endsOf, panelHead } from "./drawing/panel-figures.ts";
import {
  type CurvePoint,
  type PanelDot,
  type PanelGrid,
  type ServerPanel,
  serverPanels,
} from "./drawing/server-panels.ts";
import { spreadWords } from "./drawing/spread-words.ts";
import { stateMessage } from "./drawing/state-message.ts";
import { summaryText } from "./drawing/summary-text.ts";
import { figureTip } from "./drawing/tooltip.ts";
import { completionOver, trialLatencies } from "./drawing/trial-latencies.ts";

/** Where on its way to 100 % a curve has its points. The last subscriber of all is a figure of its own. */
const shares = [1, 2, ...Array.from({ length: 19 }, (_, step) => 5 * (step + 1)), 98, 99];

/** The shares in the table beside the figures. */
const tabledShares = [90, 99];

/** What a round comes to, and how it is called. */
const milestones = [
  { figure: "firstMs", who: "first" },
  { figure: "medianMs", who: "median" },
  { figure: "lastMs", who: "last" },
] as const;

/** The rounds of one server at one point. */
interface Completion {
  readonly cell: Cell;
  readonly rounds: number;
  readonly curve: readonly { readonly share: number; readonly summary: FigureSummary }[];
  readonly milestones: readonly {
    readonly who: string;
    readonly share: number;
    readonly summary: FigureSummary;
  }[];
}

const chart: Chart = {
  name: "fan-out",
  scenario: "fan-out",
  claims: ["dynamic-duo"],
  description:
    "A small chart for each server: the share of the subscribers that have an event, from 0 to 100 %, over the time since its webhook was due, with the interval over the trials, and when the first, the median and the last have it. Time is logarithmic; the other servers are in grey behind it.",

  picture(run) {
    const cells = cellsOf(run, this.scenario);
    const completions = cells.map(completionOf);
    const summaries = completions.flatMap(summariesOf);
    if (summaries.length === 0) return undefined;
    const groups = groupByPoint(cells);
    const time = logAxis(
      summaries.map(spreadOf).flatMap(({ low, high }) => [low, high]),
      "ms",
    );
    const question = run.scenarios.find(({ name }) => name === this.scenario)?.question ?? "";
    const at = groups.length === 1 ? `At ${formatPoint(groups[0]?.[0]?.point ?? {})}. ` : "";
    const spec = serverPanels({
      question,
      explanation: [
        `${at}Curve: the share of subscribers that have the event, over all rounds of a trial; the median of the trials.${spreadWords("Band and bars", summaries)}${hollowWords(cells)} Grey: the other servers.`,
        "Symbols, and figures above: when the first (bottom), the median and the last subscriber (top) of the median round have it.",
        conditionsText(run, trialsText(cells)),
      ],
      x: { title: "time since the webhook was due", scale: "log", ...time },
      y: {
        title: "subscribers",
        scale: "linear",
        domain: [0, 100],
        ticks: [0, 50, 100].map((value) => ({ value, label: `${value} %` })),
      },
      along: "x",
      grids: groups.map((group): PanelGrid => {
        const point = group[0]?.point ?? {};
        return {
          ...(groups.length === 1 ? {} : { heading: `At ${formatPoint(point)}` }),
          panels: completions.filter(({ cell }) => group.includes(cell)).map((each) => panelOf(run, each)),
          footnotes: markedRemarks(group),
        };
      }),
    });
    return { spec, table: tableOf(completions) };
  },
};

export default chart;

function completionOf(cell: Cell): Completion {
  const trials = trialLatencies(cell);
  const subscribers = Math.max(1, cell.measuredAt.subscribers ?? 1);
  const shareOf = { first: 100 / subscribers, median: 50, last: 100 } as const;
  return {
    cell,
    rounds: cell.trials.reduce(
      (sum, { outcome }) => sum + (outcome.state === "completed" ? (outcome.figures.rounds ?? 0) : 0),
      0,
    ),
    curve: shares.flatMap((share) => {
      const summary = completionOver(trials, share);
      return summary === undefined || summary.min <= 0 ? [] : [{ share, summary }];
    }),
    milestones: milestones.flatMap(({ figure, who }) => {
      const summary = cell.figures[figure];
      return summary === undefined || summary.min <= 0 ? [] : [{ who, share: shareOf[who], summary }];
    }),
  };
}

function summariesOf({ curve, milestones }: Completion): FigureSummary[] {
  return [...curve, ...milestones].map(({ summary }) => summary);
}

function panelOf(run: Run, completion: Completion): ServerPanel {
  const { cell, rounds, curve, milestones } = completion;
  const head = panelHead(run, cell);
  const notices = markWords(cell);
  if (summariesOf(completion).length === 0)
    return { ...head, facts: [], notices, curves: [], dots: [], message: stateMessage(cell) ?? "not read" };
  const countedRounds = rounds === 0 ? "" : `, ${counted(rounds, "round")}`;
  return {
    ...head,
    facts: [`n = ${counted(cell.n, "trial")}${countedRounds}`, milestonesText(completion)],
    notices,
    curves: [{ look: "strong", points: curve.map(pointOf) }],
    dots: milestones.map(
      ({ who, share, summary }): PanelDot => ({
        ...figureTip(`${who} subscriber`, summary, "ms", notices),
        x: summary.median,
        y: share,
        ...endsOf(summary),
        form: cell.generatorBound ? "open" : "filled",
        size: "large",
      }),
    ),
  };
}

function pointOf({ share, summary }: Completion["curve"][number]): CurvePoint {
  return { x: summary.median, y: share, ...endsOf(summary) };
}

/** `0.92 → 2.1 → 4.0 ms` */
function milestonesText({ milestones }: Completion): string {
  const last = milestones.length - 1;
  return milestones
    .map(({ summary: { median } }, i) => (i === last ? formatFigure(median, "ms") : formatNumber(median)))
    .join(" → ");
}

function tableOf(completions: readonly Completion[]): PictureTable {
  return {
    columns: [
      "at",
      "server",
      "rounds",
      ...milestones.map(({ who }) => who),
      ...tabledShares.map((share) => `${share} % of all`),
    ],
    rows: completions.map((completion) => {
      const { cell, rounds, curve } = completion;
      const state = stateMessage(cell);
      return {
        server: cell.arm,
        cells: [
          formatPoint(cell.point),
          `${cell.arm}${marksOf(cell)}`,
          state ?? rounds.toLocaleString("en"),
          ...milestones.map(
            ({ who }) =>
              state ?? summaryText(completion.milestones.find((each) => each.who === who)?.summary, "ms"),
          ),
          ...tabledShares.map(
            (wanted) => state ?? summaryText(curve.find(({ share }) => share === wanted)?.summary, "ms"),
          ),
        ],
      };
    }),
  };
}
