import type { IoModel } from "../../servers/contract.ts";
import { type Cell, cellsOf, type FigureSummary, summarise } from "../report/cells.ts";
import { formatFigure } from "../report/format.ts";
import { marksOf } from "../report/tables.ts";
import type { Completed, Run } from "../result.ts";
import { stateInShort, stateMessage } from "./drawing/state-message.ts";

/** The scenario that reads the memory of idle connections, and the lab that asks for as many as a server holds. */
const scenario = "connections";
const lab = "limits";

/** Memory of so many connections. */
export interface MemoryReading {
  readonly connections: number;
  /** Of all of them: the growth since there was none. */
  readonly all: FigureSummary;
  /** That, divided by their number. */
  readonly each: FigureSummary;
}

/** What a server's connections take of memory, how many it held, and how many more there would be room for. */
export interface ServerMemory {
  readonly server: string;
  readonly ioModel: IoModel;
  readonly marks: string;
  readonly state: string;
  /** By connections, fewest first; empty where nothing was read. */
  readonly readings: readonly MemoryReading[];
  /** What one more takes: read by itself where the lab was run, else as much as each of the others. */
  readonly more?: FigureSummary;
  readonly moreIsRead: boolean;
  /** How many the machine's memory has room for, as if nothing else had an end. */
  readonly fits?: number;
  readonly held?: Held;
  /** Why there is no reading. */
  readonly message?: string;
}

export interface Held {
  readonly connections: number;
  /** Whether it was the server that would hold no more. Otherwise it holds so many at least. */
  readonly atMost: boolean;
  /** What ended the ramp, one text for each way in which trials ended. */
  readonly endedBy: readonly string[];
}

/** One entry a server of the run. */
export function serverMemories(run: Run): ServerMemory[] {
  const idle = cellsOf(run, scenario);
  const limits = cellsOf(run, lab);
  return run.servers.map(({ name, ioModel }) => {
    const ofServer = ({ arm }: Cell) => arm === name;
    const own = { idle: unclampedOnce(idle.filter(ofServer)), limits: limits.filter(ofServer) };
    return { server: name, ioModel, ...memoryOf(run, own.idle, own.limits) };
  });
}

function memoryOf(
  run: Run,
  idle: readonly Cell[],
  limits: readonly Cell[],
): Omit<ServerMemory, "server" | "ioModel"> {
  const cells = [...idle, ...limits];
  const largest = cells.findLast(({ state }) => state === "completed") ?? cells.at(-1);
  const about = {
    marks: [...new Set(cells.flatMap((cell) => [...marksOf(cell)]))].join(""),
    state: largest === undefined ? "not run" : stateInShort(largest),
  };
  const held = heldOf(cells);
  const readings = [
    ...idle.flatMap((cell) => readingOf(cell, "connected", idleEach) ?? []),
    ...limits.flatMap((cell) => readingOf(cell, "held", limitsEach) ?? []),
  ].sort((a, b) => a.connections - b.connections);
  const last = readings.at(-1);
  const readMore = limits
    .map(({ figures }) => figures.memoryEach ?? figures.processEach)
    .findLast((summary) => summary !== undefined);
  const more = readMore ?? last?.each;
  const none = { ...about, readings: [], moreIsRead: false, ...(held === undefined ? {} : { held }) };
  if (last === undefined || more === undefined) return { ...none, message: whyNone(cells) };
  const misplaced = [...readings.flatMap(({ all }) => [all.median, all.min]), more.median].find(
    (bytes) => !(bytes > 0),
  );
  if (misplaced !== undefined) {
    const text = formatFigure(misplaced / last.connections, "bytes");
    return { ...none, message: `${text}: not above 0, so not on a logarithmic axis` };
  }
  const room = run.environment.memoryBytes - last.all.median;
  return {
    ...about,
    ...{ readings, more, moreIsRead: readMore !== undefined },
    fits: last.connections + Math.max(0, room) / more.median,
    ...(held === undefined ? {} : { held }),
  };
}

/** A server that was clamped has the same trials at each point that was asked for. */
function unclampedOnce(cells: readonly Cell[]): Cell[] {
  return cells.filter(
    ({ measuredAt }, index) => cells.findIndex((other) => other.measuredAt === measuredAt) === index,
  );
}

type Figures = Completed["figures"];

/** The proportional set and the server's ends of the connections; the resident set where these cannot be read. */
function idleEach({
  pssPerConnection,
  kernelPerConnection = 0,
  bytesPerConnection,
}: Figures): number | undefined {
  // Server and load share one kernel, and each has one end of every connection.
  return pssPerConnection === undefined ? bytesPerConnection : pssPerConnection + kernelPerConnection / 2;
}

function limitsEach({ overallEach, processEach }: Figures): number | undefined {
  return overallEach ?? processEach;
}

function readingOf(
  cell: Cell,
  countFigure: string,
  eachOf: (figures: Figures) => number | undefined,
): MemoryReading | undefined {
  const readings = cell.trials.flatMap(({ outcome }) => {
    if (outcome.state !== "completed") return [];
    const [connections, each] = [outcome.figures[countFigure], eachOf(outcome.figures)];
    return connections === undefined || each === undefined
      ? []
      : [{ connections, each, all: each * connections }];
  });
  if (readings.length === 0) return undefined;
  return {
    connections: summarise(readings.map(({ connections }) => connections)).median,
    all: summarise(readings.map(({ all }) => all)),
    each: summarise(readings.map(({ each }) => each)),
  };
}

/** How the trials say what ended their ramp. */
const endedNote = "the ramp ended: ";

/** The most that were held, and what ended that. */
function heldOf(cells: readonly Cell[]): Held | undefined {
  const all = cells.flatMap(({ figures, notes }) => {
    const { held, connected, ceiling } = figures;
    const count = held ?? connected;
    if (count === undefined) return [];
    const endedBy = notes.flatMap((note) =>
      note.startsWith(endedNote) ? [note.slice(endedNote.length)] : [],
    );
    return [{ connections: count.median, atMost: ceiling?.n === count.n, endedBy }];
  });
  return all.sort((a, b) => a.connections - b.connections).at(-1);
}

function whyNone(cells: readonly Cell[]): string {
  const states = cells.flatMap((cell) => stateMessage(cell) ?? []);
  if (cells.length === 0) return "not run";
  if (states.length === cells.length) return states[0] ?? "not run";
  const [why] = cells.flatMap(({ notes }) => notes.filter((note) => note.startsWith("no memory each")));
  return why ?? "memory not read";
}
