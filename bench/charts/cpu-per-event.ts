import { type Cell, cellsOf, groupByPoint, spreadOf } from "../report/cells.ts";
import { formatFigure, formatPoint } from "../report/format.ts";
import { markedRemarks } from "../report/remarks.ts";
import { marksOf } from "../report/tables.ts";
import { trialsText } from "../report/trials-text.ts";
import type { Run } from "../result.ts";
import type { Chart, PictureTable } from "./chart.ts";
import { barText } from "./drawing/bar-text.ts";
import { threadFootnotes } from "./drawing/io-models.ts";
import { conditionsText } from "./drawing/layout.ts";
import { type RowEntry, rowColumns } from "./drawing/row-columns.ts";
import { stateInShort, stateMessage } from "./drawing/state-message.ts";
import { isDoubtful, strikeText } from "./drawing/strikes.ts";
import { summaryText } from "./drawing/summary-text.ts";

/** What is divided by what, from the webhook to who gets its event. */
const figures = [
  {
    scenario: "ingest",
    figure: "cpuPerEventUs",
    title: "each webhook taken in",
    contains: "an unsigned webhook at full load, with nobody subscribed",
  },
  {
    scenario: "delivery",
    figure: "cpuPerEventUs",
    title: "each event pushed",
    contains:
      "a signed webhook, its check, and the delivery to all subscribers, at a low rate, idle polls included",
  },
  {
    scenario: "fan-out",
    figure: "cpuPerDeliveryUs",
    title: "each delivery",
    contains:
      "a delivery of one event to many, with its share of the webhook, of idle polls and of watching the loop",
  },
] as const;

const unit = "µs";

interface Column {
  readonly title: string;
  readonly contains: string;
  readonly figure: string;
  readonly cells: readonly Cell[];
  /** Of the largest load, which is drawn; the others are in the table. */
  readonly shown: readonly Cell[];
}

const chart: Chart = {
  name: "cpu-per-event",
  scenario: "delivery",
  claims: ["long-polling-inefficient", "streaming-inefficient", "event-loop-scales-by-itself"],
  description:
    "CPU time of each server for a delivery, for a webhook that nobody is subscribed to, and for an event pushed to some subscribers, side by side, log scale.",

  picture(run) {
    const columns = columnsOf(run);
    if (columns.length === 0) return undefined;
    const shown = columns.flatMap((column) => column.shown);
    const summaries = columns.flatMap(({ figure, shown }) => shown.map((cell) => cell.figures[figure]));
    const spec = rowColumns(run, {
      question: "How much CPU time does an event take of the server?",
      explanation: [
        "User and system time of the server with all its threads and processes; further left is less, all scales being the same logarithmic one. None is a part of another:",
        ...columns.map(({ title, contains }) => `${title}: ${contains}.`),
        `${barText(summaries)}${strikeText(shown)}`.trim(),
        conditionsText(run, trialsText(shown)),
      ].filter((line) => line !== ""),
      unit,
      servers: run.servers.map(({ name, ioModel }) => ({ server: name, ioModel })),
      columns: columns.map(({ title, figure, shown }) => ({
        heading: [title, formatPoint(shown[0]?.point ?? {})],
        entries: shown.map((cell) => entryOf(cell, figure)),
      })),
      footnotes: [...remarksOf(columns), ...threadFootnotes(run)],
    });
    return { spec, table: tableOf(columns) };
  },
};

export default chart;

function columnsOf(run: Run): Column[] {
  return figures.flatMap(({ scenario, figure, title, contains }) => {
    const cells = cellsOf(run, scenario);
    const shown = groupByPoint(cells).at(-1);
    return shown === undefined ? [] : [{ title, contains, figure, cells, shown }];
  });
}

function entryOf(cell: Cell, figure: string): RowEntry {
  const about = {
    ...{ server: cell.arm, marks: marksOf(cell) },
    ...{ state: stateInShort(cell), doubtful: isDoubtful(cell) },
  };
  const summary = cell.figures[figure];
  const message = stateMessage(cell) ?? (summary === undefined ? "not read" : undefined);
  if (message !== undefined || summary === undefined) return { ...about, message: message ?? "not read" };
  if (spreadOf(summary).low > 0) return { ...about, summary };
  return { ...about, message: `${formatFigure(summary.median, unit)}: not above 0` };
}

/** What the marks mean, each time with the column that they stand in. */
function remarksOf(columns: readonly Column[]): string[] {
  return columns.flatMap(({ title, shown }) =>
    markedRemarks(shown).map((remark) => remark.replace(/^(\S+) /, `$1 ${title}: `)),
  );
}

function tableOf(columns: readonly Column[]): PictureTable {
  return {
    columns: ["what", "at", "server", "server CPU"],
    rows: columns.flatMap(({ title, figure, cells }) =>
      cells.map((cell) => ({
        server: cell.arm,
        cells: [
          title,
          formatPoint(cell.point),
          `${cell.arm}${marksOf(cell)}`,
          stateMessage(cell) ?? summaryText(cell.figures[figure], unit),
        ],
      })),
    ),
  };
}
