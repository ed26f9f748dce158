import { type Cell, cellsOf, type FigureSummary, groupByPoint, spreadOf } from "../report/cells.ts";
import { formatEstimate, formatPoint } from "../report/format.ts";
import { markedRemarks } from "../report/remarks.ts";
import { marksOf } from "../report/tables.ts";
import { spreadKind, trialsText } from "../report/trials-text.ts";
import type { PairedRatio } from "../stats/paired.ts";
import type { Chart, PictureRow } from "./chart.ts";
import { conditionsText } from "./drawing/layout.ts";
import { type StackedArm, stackedBytes } from "./drawing/stacked-bytes.ts";
import { stateInShort, stateMessage } from "./drawing/state-message.ts";
import { summaryText } from "./drawing/summary-text.ts";
import { bytesRatio, type MessageBytes, messageBytesOf } from "./message-bytes.ts";

/** What all others are compared with. */
const reference = "ws";

const chart: Chart = {
  name: "bytes-per-event",
  scenario: "bytes",
  claims: ["websocket-wire", "websocket-headers"],
  description:
    "Bytes that one message takes of the network by the way it comes, stacked into payload, headers and framing of the application, and TCP and IP, from 0.",

  picture(run) {
    const cells = cellsOf(run, this.scenario);
    const scenario = run.scenarios.find(({ name }) => name === this.scenario);
    const shown = fullest(groupByPoint(cells));
    const read = shown.flatMap((cell) => messageBytesOf(cell) ?? []);
    if (scenario?.arms === undefined || shown.length === 0) return undefined;
    const others = groupByPoint(cells).filter((group) => group[0]?.point !== shown[0]?.point);
    const spec = stackedBytes({
      question: "What does one message take of the network, by the way it comes?",
      explanation: [
        `${payloadText(read)} Requests and answers are both counted. Further left is less.`,
        spreadText(read.map(({ total }) => total)),
        conditionsText(run, `${formatPoint(shown[0]?.point ?? {})}; ${trialsText(shown)}`),
      ].filter((line) => line !== ""),
      arms: scenario.arms.map(({ name, summary }) => armOf(shown, name, summary)),
      footnotes: [
        ...markedRemarks(shown),
        ...(read.some(({ network }) => network === undefined)
          ? ["What TCP and IP add cannot be counted on this machine: totals are without it."]
          : []),
        ...(others.length === 0
          ? []
          : [`The table has ${others.map(([first]) => formatPoint(first?.point ?? {})).join(" and ")} too.`]),
      ],
    });
    return {
      spec,
      table: {
        columns: ["at", "arm", "payload", "headers and framing", "TCP and IP", "packets", "total", "over ws"],
        rows: cells.map((cell) => tableRow(cell, cells)),
      },
    };
  },
};

export default chart;

/** The point at which the most arms were measured, of several the smallest. */
function fullest(groups: readonly Cell[][]): Cell[] {
  return groups.reduce((best, group) => (group.length > best.length ? group : best), []);
}

function payloadText(read: readonly MessageBytes[]): string {
  const [payload] = read.map(({ payload }) => bytesText(payload.median));
  return payload === undefined ? "" : `The message itself is ${payload}.`;
}

/** What stands below a total, if anything does. */
function spreadText(totals: readonly FigureSummary[]): string {
  const differing = totals.filter((total) => rangeOf(total) !== "");
  if (spreadKind(totals) === "none") return "";
  if (differing.length === 0) return "All trials counted the same, so no interval is wider than its figure.";
  const what = {
    ...{ none: "", range: "the range of the trials", interval: "95 % interval of the median" },
    both: "95 % interval of the median, or of few trials their range",
  };
  return `Below a total, and as a bar at its end: ${what[spreadKind(differing)]}; where none stands, all trials counted the same.`;
}

function armOf(shown: readonly Cell[], arm: string, summary: string): StackedArm {
  const cell = shown.find((candidate) => candidate.arm === arm);
  if (cell === undefined) return { arm, marks: "", summary, state: "not run", message: "not run" };
  const about = { arm, marks: marksOf(cell), summary, state: stateInShort(cell) };
  const read = messageBytesOf(cell);
  if (read === undefined) return { ...about, message: stateMessage(cell) ?? "not read" };
  const { payload, header, network, packets, total } = read;
  const range = rangeOf(total);
  const ratio = ratioTo(cell, shown);
  // Of medians the parts need not make the whole: what is beyond the application is drawn to where the total ends.
  const rest = total.median - payload.median - header.median;
  return {
    ...about,
    stack: {
      parts: [
        { part: "payload", bytes: payload.median, value: exactText(payload) },
        { part: "headers and framing", bytes: header.median, value: exactText(header) },
        ...(network === undefined
          ? []
          : [{ part: "TCP and IP, a cell a packet" as const, bytes: rest, value: exactText(network) }]),
      ],
      packets: packets?.median ?? 0,
      total: total.median,
      spread: range === "" ? undefined : spreadOf(total),
      texts: [
        [bytesText(header.median), ""],
        [network === undefined ? "not read" : bytesText(network.median), ""],
        [bytesText(total.median), range],
        ratio === undefined ? ["–", ""] : ratioTexts(ratio),
      ],
    },
  };
}

function tableRow(cell: Cell, cells: readonly Cell[]): PictureRow {
  const read = messageBytesOf(cell);
  const message = stateMessage(cell) ?? "not read";
  const ratio = ratioTo(
    cell,
    cells.filter(({ point }) => point === cell.point),
  );
  const figures =
    read === undefined
      ? Array.from({ length: 6 }, () => message)
      : [
          ...[read.payload, read.header, read.network].map(exactText),
          summaryText(read.packets, "count"),
          exactText(read.total),
          ratio === undefined ? "not measured" : ratioText(ratio),
        ];
  return { cells: [formatPoint(cell.point), `${cell.arm}${marksOf(cell)}`, ...figures] };
}

function ratioTo(cell: Cell, cells: readonly Cell[]): PairedRatio | undefined {
  const ws = cells.find(({ arm }) => arm === reference);
  const ratio = ws === undefined ? undefined : bytesRatio(cell, ws);
  return ratio?.ratio === undefined ? undefined : ratio;
}

/** The ratio, and its interval where that says more. */
function ratioTexts({ ratio = Number.NaN, interval }: PairedRatio): [string, string] {
  const { low, high } = interval ?? { low: ratio, high: ratio };
  const whole = formatEstimate({ value: ratio, low, high }, "times");
  const [text = whole, range = ""] = whole.replace(")", "").split(" (");
  return [text, range];
}

function ratioText(paired: PairedRatio): string {
  const [text, range] = ratioTexts(paired);
  return `${text} (${range === "" ? "" : `${range}, `}n = ${paired.blocks})`;
}

/** Bytes that are counted one by one are told in whole ones, whatever their number. */
function bytesText(bytes: number): string {
  return `${Math.round(bytes).toLocaleString("en")} B`;
}

function exactText(summary: FigureSummary | undefined): string {
  if (summary === undefined) return "not read";
  const range = rangeOf(summary);
  return `${bytesText(summary.median)} (${range === "" ? "" : `${range}, `}n = ${summary.n})`;
}

/** Empty where both ends read alike. */
function rangeOf(summary: FigureSummary): string {
  const { low, high } = spreadOf(summary);
  const [from, to] = [low, high].map((bytes) => Math.round(bytes).toLocaleString("en"));
  return from === to ? "" : `${from}–${to}`;
}
