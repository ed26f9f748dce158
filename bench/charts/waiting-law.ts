import { type Cell, cellsOf, groupByPoint, spreadOf } from "../report/cells.ts";
import { counted, formatFigure } from "../report/format.ts";
import { markedRemarks } from "../report/remarks.ts";
import { marksOf } from "../report/tables.ts";
import { trialsText } from "../report/trials-text.ts";
import type { ScenarioInfo } from "../result.ts";
import type { Chart, PictureRow } from "./chart.ts";
import { barText } from "./drawing/bar-text.ts";
import { type LawPanel, type LawPoint, lawPanels } from "./drawing/law-panels.ts";
import { conditionsText } from "./drawing/layout.ts";
import { stateInShort, stateMessage } from "./drawing/state-message.ts";
import { isDoubtful, strikeText } from "./drawing/strikes.ts";
import { summaryText } from "./drawing/summary-text.ts";

/** From here on the processor limits, as the lab has it, and not the wait. */
const busyPercent = 90;

const chart: Chart = {
  name: "waiting-law",
  scenario: "waiting",
  claims: ["waiting-limits-throughput", "waiting-wastes-cycles"],
  description:
    "Requests per second by how many queries are under way at once, measured, over the line of Little's law, one panel for each time that a query takes, both scales logarithmic.",

  picture(run) {
    const scenario = run.scenarios.find(({ name }) => name === this.scenario);
    const cells = cellsOf(run, this.scenario);
    const groups = groupByPoint(cells);
    const panels = groups.map((group) => panelOf(scenario, group));
    if (scenario === undefined || panels.every(({ points }) => points.length === 0)) return undefined;
    const clients = Math.max(...cells.map(({ point }) => point.clients ?? 0));
    return {
      spec: lawPanels({
        question: "Does waiting alone set how many requests per second are answered?",
        explanation: [
          `Line: the law, which has as many queries under way as there are threads, and on the event loop ${counted(clients, "client")}, each for its time. Percentages: measured over law. Open: the server's core was over ${busyPercent} % busy, so that the processor limits, and not the wait.${barText(cells.map(({ figures }) => figures.perSecond))}${strikeText(cells)}`,
          conditionsText(run, trialsText(cells)),
        ],
        panels,
        footnotes: remarksOn(groups),
      }),
      table: {
        columns: ["query takes", "arm", "answers", "the law", "measured over law", "server's CPU"],
        rows: groups.flatMap((group) => tableRows(scenario, group)),
      },
    };
  },
};

export default chart;

/** What the marks mean, once for all panels of which it is true. */
function remarksOn(groups: readonly Cell[][]): string[] {
  const waits = new Map<string, string[]>();
  for (const group of groups) {
    const wait = `${group[0]?.point.queryMs}`;
    for (const remark of markedRemarks(group)) waits.set(remark, [...(waits.get(remark) ?? []), wait]);
  }
  return [...waits].map(([remark, waits]) => `Queries of ${waits.join(", ")} ms: ${remark}`);
}

function panelOf(scenario: ScenarioInfo | undefined, group: readonly Cell[]): LawPanel {
  const { queryMs = Number.NaN, clients = 1 } = group[0]?.point ?? {};
  const points = group.flatMap((cell) => pointOf(cell, queryMs));
  const shown = new Set(points.map(({ arm }) => arm));
  return {
    heading: `queries of ${queryMs} ms`,
    queryMs,
    clients,
    points,
    messages: (scenario?.arms ?? [])
      .filter(({ name }) => !shown.has(name))
      .map(({ name }) => {
        const cell = group.find(({ arm }) => arm === name);
        return `${name}: ${cell === undefined ? "not run" : (stateMessage(cell) ?? "not read")}`;
      }),
  };
}

function pointOf(cell: Cell, queryMs: number): LawPoint[] {
  const { perSecond, lawPerSecond, ofLawPercent, cpuPercent } = cell.figures;
  if (perSecond === undefined || lawPerSecond === undefined || !(spreadOf(perSecond).low > 0)) return [];
  const busy = (cpuPercent?.median ?? 0) >= busyPercent;
  return [
    {
      arm: cell.arm,
      // On the event loop, and in a pool with more threads than there are clients: as many as clients.
      atOnce: Math.round((lawPerSecond.median * queryMs) / 1_000),
      waits: cell.arm === "event-loop" ? "event loop" : "thread per connection",
      busy,
      doubtful: isDoubtful(cell),
      perSecond: perSecond.median,
      law: lawPerSecond.median,
      ...spreadOf(perSecond),
      label: `${ofLawPercent === undefined ? "" : formatFigure(ofLawPercent.median, "percent")}${marksOf(cell)}`,
      figure: "answers per second",
      value: summaryText(perSecond, "per second"),
      state: busy
        ? `${stateInShort(cell)}; the server's core was over ${busyPercent} % busy`
        : stateInShort(cell),
    },
  ];
}

function tableRows(scenario: ScenarioInfo, group: readonly Cell[]): PictureRow[] {
  const query = `${group[0]?.point.queryMs} ms`;
  return (scenario.arms ?? []).map(({ name }) => {
    const cell = group.find(({ arm }) => arm === name);
    const message = cell === undefined ? "not run" : stateMessage(cell);
    if (cell === undefined || message !== undefined)
      return { cells: [query, name, ...Array<string>(4).fill(message ?? "not run")] };
    const { perSecond, lawPerSecond, ofLawPercent, cpuPercent } = cell.figures;
    return {
      cells: [
        query,
        `${name}${marksOf(cell)}`,
        summaryText(perSecond, "per second"),
        lawPerSecond === undefined ? "not read" : formatFigure(lawPerSecond.median, "per second"),
        summaryText(ofLawPercent, "percent"),
        summaryText(cpuPercent, "percent"),
      ],
    };
  });
}
