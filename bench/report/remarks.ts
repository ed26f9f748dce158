import type { Run } from "../result.ts";
import { type Cell, worstLateness } from "./cells.ts";
import { slowTrials } from "./core-speed.ts";
import { formatErrors, formatFigure, formatPoint } from "./format.ts";

const isolates =
  "V8 isolates (Node.js worker threads), far heavier than bare OS threads: a blocked " +
  "pthread needs tens of KiB. Their memory and start are not the cost of the thread model as such.";

/** Stands with every figure of the thread servers. */
export const threadRemark = `Threads here are ${isolates}`;

/** The same in a lab, whose other arms may have threads of another kind. */
const labThreadRemark = `The threads of servers called threads-... are ${isolates}`;

/**
 * What has to be read with the figures of a table, as sentences: first what is marked, then states without
 * figures, then notes. Servers with the same thing to say share a sentence.
 */
export function remarksOn(run: Run, cells: readonly Cell[]): string[] {
  return [
    ...markedRemarks(cells),
    ...grouped(cells, failedRemark),
    ...grouped(cells, exemptRemark),
    ...grouped(cells, notRunRemark),
    ...threadRemarks(run, cells),
    ...slowRemarks(run, cells),
    ...lateRemarks(cells),
    ...relayRemarks(cells),
    ...notes(cells),
  ];
}

/** What the marks beside the servers' names mean. */
export function markedRemarks(cells: readonly Cell[]): string[] {
  return [
    ...grouped(cells, clampedRemark, "* "),
    ...grouped(cells, generatorBoundRemark, "† "),
    ...onlyBusyRemarks(cells),
    ...grouped(cells, errorsRemark, "‡ "),
    ...grouped(cells, partlyFailedRemark, "‡ "),
  ];
}

function grouped(cells: readonly Cell[], remark: (cell: Cell) => string | undefined, mark = ""): string[] {
  const arms = new Map<string, string[]>();
  for (const cell of cells) {
    const text = remark(cell);
    if (text !== undefined) arms.set(text, [...(arms.get(text) ?? []), cell.arm]);
  }
  return [...arms].map(([text, names]) => `${mark}${names.join(", ")}: ${sentence(text)}`);
}

function clampedRemark(cell: Cell): string | undefined {
  if (cell.clampedBecause === undefined) return undefined;
  return `at ${formatPoint(cell.measuredAt)} only: ${cell.clampedBecause}`;
}

function generatorBoundRemark(cell: Cell): string | undefined {
  if (!cell.generatorBound) return undefined;
  return "generator-bound: the load was over 80 % busy, so the figures may be the generator's own";
}

/** One sentence for all such servers, since hardly two of them are equally busy. */
function onlyBusyRemarks(cells: readonly Cell[]): string[] {
  const idle = cells.flatMap(({ arm, onlyBusyPercent }) =>
    onlyBusyPercent === undefined ? [] : [{ arm, percent: onlyBusyPercent }],
  );
  if (idle.length === 0) return [];
  const names = idle.map(({ arm }) => arm).join(", ");
  const busy = percentText(idle.map(({ percent }) => percent));
  return [`◊ ${names}: the server was only ${busy} busy: what limited it was not its CPU.`];
}

function errorsRemark(cell: Cell): string | undefined {
  const text = formatErrors(cell.errors);
  return text === "" ? undefined : text;
}

function partlyFailedRemark(cell: Cell): string | undefined {
  if (cell.state !== "completed" || cell.failures.length === 0) return undefined;
  return `${cell.failures.length} of ${cell.trials.length} trials failed; ${failuresOf(cell)}`;
}

function failedRemark(cell: Cell): string | undefined {
  return cell.state === "failed" ? `failed ${failuresOf(cell)}` : undefined;
}

function failuresOf(cell: Cell): string {
  return [...new Set(cell.failures.map(({ phase, message }) => `in phase ${phase}: ${message}`))].join("; ");
}

function exemptRemark(cell: Cell): string | undefined {
  return cell.state === "exempt" ? `exempt: ${cell.exemptBecause ?? ""}` : undefined;
}

function notRunRemark(cell: Cell): string | undefined {
  return cell.state === "not run" ? "not run: the run ended before its turn" : undefined;
}

/** One sentence for all such servers, since hardly two of them had equally many. */
function lateRemarks(cells: readonly Cell[]): string[] {
  const late = cells.filter(({ sending }) => sending.late > 0);
  if (late.length === 0) return [];
  const counts = late.map(
    ({ arm, sending }) =>
      `${arm} ${sending.late.toLocaleString("en")} of ${sending.planned.toLocaleString("en")}`,
  );
  const latest = formatFigure(Math.max(...late.map(({ sending }) => sending.latestMs)), "ms");
  return [
    `Webhooks sent more than 1 ms late: ${counts.join(", ")}, the latest by ${latest}; ` +
      "latency counts from the time when they were due all the same.",
  ];
}

/** Servers of which equally many trials were slow share a sentence. */
function slowRemarks(run: Run, cells: readonly Cell[]): string[] {
  const groups = new Map<string, { readonly arm: string; readonly percents: readonly number[] }[]>();
  for (const { arm, trials, n } of cells) {
    const percents = slowTrials(run, trials);
    if (percents.length === 0) continue;
    const which = n === 1 ? "" : `${percents.length} of ${n} trials `;
    groups.set(which, [...(groups.get(which) ?? []), { arm, percents }]);
  }
  return [...groups].map(([which, members]) => {
    const names = members.map(({ arm }) => arm).join(", ");
    const speed = percentText(members.flatMap(({ percents }) => percents));
    return `${names}: ${which}measured while the machine ran at ${speed} of its usual speed.`;
  });
}

/** `58 %`, `58 to 70 %`. */
function percentText(percents: readonly number[]): string {
  const [low, high] = [Math.min(...percents), Math.max(...percents)].map(Math.round);
  return low === high ? `${low} %` : `${low} to ${high} %`;
}

/** One sentence: how late the relay was is hardly the same twice. */
function relayRemarks(cells: readonly Cell[]): string[] {
  const worst = worstLateness(cells);
  if (worst === undefined) return [];
  const [median, p99, longest] = [worst.medianMs, worst.p99Ms, worst.longestMs].map((ms) =>
    formatFigure(ms, "ms"),
  );
  return [
    `The relay passed on what was due with a delay beyond that of the network: median ${median}, p99 ${p99}, ` +
      `longest ${longest}, each of the server where it was worst.`,
  ];
}

/** What has to stand beside every figure of a server whose threads are V8 isolates. */
function threadRemarks(run: Run, cells: readonly Cell[]): string[] {
  const shown = cells.find((cell) => hasThreads(run, cell.arm) && cell.state === "completed");
  if (shown === undefined) return [];
  const isLab = run.scenarios.find(({ name }) => name === shown.scenario)?.arms !== undefined;
  return [isLab ? labThreadRemark : threadRemark];
}

function hasThreads(run: Run, name: string): boolean {
  return run.servers.find((server) => server.name === name)?.ioModel === "thread per connection";
}

function notes(cells: readonly Cell[]): string[] {
  const all = [...new Set(cells.flatMap((cell) => cell.notes))];
  return all.flatMap((note) => grouped(cells, (cell) => (cell.notes.includes(note) ? note : undefined)));
}

/** One line, ended by a full stop. */
function sentence(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}
