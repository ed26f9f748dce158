import type { IoModel, Transport } from "../../servers/contract.ts";
import { type Cell, cellsOf, type FigureSummary, groupByPoint, spreadOf } from "../report/cells.ts";
import { marksOf } from "../report/tables.ts";
import type { Run, ServerInfo, Unit } from "../result.ts";
import { type PairedRatio, pairedRatio } from "../stats/paired.ts";
import { stateMessage } from "./drawing/state-message.ts";

/** The server of the event loop that has no Express, as those of the other I/O models have none. */
const withoutExpress = "bare";

/** Servers that differ in their transport alone. */
export interface Level {
  readonly ioModel: IoModel;
  /** On the event loop there is one with Express and one without. */
  readonly express: boolean;
  readonly name: string;
}

export const levels: readonly Level[] = [
  { ioModel: "event loop", express: true, name: "event loop" },
  { ioModel: "event loop", express: false, name: "the same, no Express" },
  { ioModel: "thread per connection", express: false, name: "thread each" },
  { ioModel: "process per request", express: false, name: "process each" },
];

export interface FactorialFigure {
  readonly scenario: string;
  readonly figure: string;
  readonly title: string;
  readonly unit: Unit;
  /** How a trial's note begins that says why it has no such figure. */
  readonly without?: string;
}

/** What is compared, in the order of the panels. */
const figures: readonly FactorialFigure[] = [
  { scenario: "delivery", figure: "p50Ms", title: "latency p50", unit: "ms" },
  { scenario: "delivery", figure: "p99Ms", title: "latency p99", unit: "ms", without: "no p99" },
  {
    ...{ scenario: "delivery", figure: "cpuPerEventUs", title: "server CPU per event", unit: "µs" },
    without: "no CPU figures",
  },
  {
    ...{ scenario: "connections", figure: "bytesPerConnection", title: "memory per connection" },
    ...{ unit: "bytes", without: "no memory each" },
  },
  { scenario: "ingest", figure: "perSecond", title: "webhooks taken in", unit: "per second" },
];

/** One server in one panel. */
export interface FactorialCell {
  readonly server: string;
  readonly level: Level;
  readonly transport: Transport;
  readonly cell: Cell;
  readonly marks: string;
  readonly summary?: FigureSummary;
  /** Why there is no figure. */
  readonly message?: string;
}

export interface FactorialPanel {
  readonly shown: FactorialFigure;
  readonly cells: readonly FactorialCell[];
  /** By transport: how many times the figure of the event loop that of the threads is. */
  readonly ratios: readonly Ratio[];
}

export interface Ratio extends PairedRatio {
  readonly transport: Transport;
  readonly over: string;
  readonly under: string;
  /** Those of either figure that say that something else than the server may have decided it. */
  readonly doubts: string;
}

/** The transports that more than one I/O model serves, in the order of the servers. */
export function sharedTransports(run: Run): Transport[] {
  const transports = [...new Set(run.servers.map(({ transport }) => transport))];
  return transports.filter(
    (transport) =>
      new Set(run.servers.filter((server) => server.transport === transport).map(({ ioModel }) => ioModel))
        .size > 1,
  );
}

export function levelOf({ name, ioModel }: ServerInfo): Level | undefined {
  const express = ioModel === "event loop" && name !== withoutExpress;
  return levels.find((level) => level.ioModel === ioModel && level.express === express);
}

/** One panel for each figure that the run has cells of. */
export function factorialPanels(run: Run): FactorialPanel[] {
  const transports = sharedTransports(run);
  return figures.flatMap((shown): FactorialPanel[] => {
    const group = groupByPoint(cellsOf(run, shown.scenario)).at(-1) ?? [];
    const cells = run.servers.flatMap((server): FactorialCell[] => {
      const cell = group.find(({ arm }) => arm === server.name);
      const level = levelOf(server);
      return cell === undefined || level === undefined || !transports.includes(server.transport)
        ? []
        : [factorialCell(server, level, cell, shown)];
    });
    const ratios = transports.flatMap((transport) => ratioAt(transport, cells, shown) ?? []);
    return cells.some(({ summary }) => summary !== undefined) ? [{ shown, cells, ratios }] : [];
  });
}

function factorialCell(
  { name, transport }: ServerInfo,
  level: Level,
  cell: Cell,
  { figure, without }: FactorialFigure,
): FactorialCell {
  const about = { server: name, level, transport, cell, marks: marksOf(cell) };
  const summary = cell.figures[figure];
  if (summary === undefined) {
    const note = cell.notes.find((text) => without !== undefined && text.startsWith(without));
    return { ...about, message: stateMessage(cell) ?? note ?? "not read" };
  }
  return spreadOf(summary).low > 0 ? { ...about, summary } : { ...about, message: "not above 0" };
}

/** Threads over the event loop: without Express where there is such a server, as the threads have none. */
function ratioAt(
  transport: Transport,
  cells: readonly FactorialCell[],
  { figure }: FactorialFigure,
): Ratio | undefined {
  const at = cells.filter((cell) => cell.transport === transport);
  const threads = at.find(({ level }) => level.ioModel === "thread per connection");
  const loops = at.filter(({ level }) => level.ioModel === "event loop");
  const loop = loops.find(({ level }) => !level.express) ?? loops[0];
  if (threads === undefined || loop === undefined) return undefined;
  const ratio = pairedRatio(byBlock(threads.cell, figure), byBlock(loop.cell, figure));
  const doubts = ["†", "◊"].filter((mark) => `${threads.marks}${loop.marks}`.includes(mark)).join("");
  return { ...ratio, transport, over: threads.server, under: loop.server, doubts };
}

/** A block that two sittings share is two: its figures are not paired across them. */
function byBlock({ trials }: Cell, figure: string): Map<number, number> {
  return new Map(
    trials.flatMap(({ outcome, block, sitting }) => {
      const value = outcome.state === "completed" ? outcome.figures[figure] : undefined;
      return value === undefined ? [] : [[block + sitting * 1_000_000, value] as const];
    }),
  );
}
