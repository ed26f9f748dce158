import { visitors } from "../labs/middleboxes/visitors.ts";
import { type Cell, cellsOf, type FigureSummary, spreadOf } from "../report/cells.ts";
import { formatFigure, formatPoint, formatRange } from "../report/format.ts";
import { markedRemarks } from "../report/remarks.ts";
import { marksOf } from "../report/tables.ts";
import { trialsText } from "../report/trials-text.ts";
import type { Arm } from "../result.ts";
import type { Chart, PictureRow } from "./chart.ts";
import { conditionsText } from "./drawing/layout.ts";
import { type MatrixCell, type MatrixRow, passMatrix } from "./drawing/pass-matrix.ts";
import { stateMessage } from "./drawing/state-message.ts";
import { summaryText } from "./drawing/summary-text.ts";

/** What everybody is compared with goes past the box, and so is no way through it. */
const columns = visitors.filter(({ way }) => way !== "open");

const chart: Chart = {
  name: "middlebox-matrix",
  scenario: "middleboxes",
  claims: [
    "websockets-cross-proxies",
    "comet-is-compatible",
    "socketio-works-everywhere",
    "flash-sockets-proxy-woes",
  ],
  description:
    "A table of boxes on the way by transports: where events come through, the time until the first, and in words where none does.",

  picture(run) {
    const scenario = run.scenarios.find(({ name }) => name === this.scenario);
    const cells = cellsOf(run, this.scenario);
    const [first] = cells;
    if (scenario?.arms === undefined || first === undefined) return undefined;
    const rows = scenario.arms.map((arm) =>
      rowOf(
        arm,
        cells.find((cell) => cell.arm === arm.name),
      ),
    );
    return {
      spec: passMatrix({
        question: scenario.question,
        explanation: [
          `Large: round trips from the beginning of connecting to the first event. Small: the same in ms, ${spreadWords(cells)}. The stronger the shade, the longer. A cross: that event, or one after a pause, did not come.`,
          conditionsText(run, `${formatPoint(first.point)} to the box; ${trialsText(cells)}`),
        ],
        columns: columns.map(({ title }) => title),
        rows,
        footnotes: markedRemarks(cells),
      }),
      table: { columns: ["box", ...columns.map(({ title }) => title)], rows: rows.map(tableRow) },
    };
  },
};

export default chart;

function spreadWords(cells: readonly Cell[]): string {
  const some = cells.flatMap(({ figures }) => Object.values(figures));
  if (some.some(({ interval }) => interval !== undefined)) return "95 % interval of the median";
  return some.some(({ n }) => n > 1) ? "range of the trials" : "of one trial";
}

function rowOf({ name: arm, summary }: Arm, cell: Cell | undefined): MatrixRow {
  if (cell === undefined) return { arm, summary, marks: "", message: "not run" };
  const message = stateMessage(cell);
  const about = { arm, summary, marks: marksOf(cell) };
  if (message !== undefined) return { ...about, message };
  return { ...about, cells: columns.map(({ name, title }) => cellOf(cell, name, title)) };
}

/** Blocked in some trials and not in others is both: the figures are of those that came through. */
function cellOf(cell: Cell, name: string, title: string): MatrixCell {
  const summary = cell.figures[`${name}Ms`];
  const outcomes = cell.trials.flatMap(({ outcome }) => (outcome.state === "completed" ? [outcome] : []));
  const known = outcomes.flatMap(({ figures }) => figures[`${name}Blocked`] ?? []);
  const blocked = known.filter((value) => value > 0).length;
  if (summary === undefined) {
    if (blocked === 0) return { column: title, state: "not read", detail: "not read" };
    return { column: title, state: "blocked", detail: `does not pass, in none of ${trials(known.length)}` };
  }
  const roundTripMs = cell.point.roundTripMs ?? Number.NaN;
  const partly = blocked === 0 ? "" : `; does not pass in ${blocked} of ${trials(known.length)}`;
  return {
    column: title,
    state: blocked === 0 ? "passes" : "passes at times",
    roundTrips: summary.median / roundTripMs,
    text: formatFigure(summary.median / roundTripMs, "count"),
    small: blocked === 0 ? rangeText(summary) : `in ${known.length - blocked} of ${known.length}`,
    detail: `${summaryText(summary, "ms")}${partly}`,
  };
}

function rangeText(summary: FigureSummary): string {
  const { low, high } = spreadOf(summary);
  return formatRange(low, high, "ms");
}

function trials(count: number): string {
  return `${count} trial${count === 1 ? "" : "s"}`;
}

function tableRow({ arm, marks, cells, message = "not read" }: MatrixRow): PictureRow {
  const texts = cells?.map(({ detail }) => detail) ?? columns.map(() => message);
  return { cells: [`${arm}${marks}`, ...texts] };
}
