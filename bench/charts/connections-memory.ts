import { cellsOf } from "../report/cells.ts";
import { formatFigure } from "../report/format.ts";
import { markedRemarks } from "../report/remarks.ts";
import { trialsText } from "../report/trials-text.ts";
import type { Chart, PictureRow } from "./chart.ts";
import { barText } from "./drawing/bar-text.ts";
import { threadFootnotes } from "./drawing/io-models.ts";
import { conditionsText } from "./drawing/layout.ts";
import { type MemoryLine, memoryLines } from "./drawing/memory-lines.ts";
import { summaryText } from "./drawing/summary-text.ts";
import { type Held, type ServerMemory, serverMemories } from "./server-memory.ts";

const chart: Chart = {
  name: "connections-memory",
  scenario: "connections",
  claims: [
    "orders-of-magnitude-more-connections",
    "worker-threads-do-not-scale",
    "long-polling-inefficient",
    "streaming-inefficient",
  ],
  description:
    "Connections that each server held over the memory that they took, on to as many as the machine's memory has room for, both scales logarithmic.",

  picture(run) {
    const cells = [...cellsOf(run, this.scenario), ...cellsOf(run, "limits")];
    if (cells.length === 0) return undefined;
    const memories = serverMemories(run);
    const lines = memories.flatMap(lineOf);
    const spec = memoryLines(run, {
      question: "How many connections, and how much memory do they take?",
      explanation: [
        "Higher is more connections, further left is less memory: what the server and, where it can be read, its ends of the connections grew by. Solid: up to what was held. Open symbol: so many at least, as it was not the server that ended it. Filled: the server would hold no more. Dashed: not measured, as many as would fit if each more took the same.",
        ...[barText(memories.flatMap(({ readings }) => readings.map(({ all }) => all))).trim()],
        conditionsText(run, trialsText(cells)),
      ].filter((line) => line !== ""),
      memoryBytes: run.environment.memoryBytes,
      lines,
      without: memories.flatMap(({ server, marks, message }) =>
        message === undefined ? [] : [{ server, marks, message }],
      ),
      footnotes: [
        ...endings(memories),
        ...overestimates(memories),
        ...new Set(markedRemarks(cells)),
        ...threadFootnotes(run),
      ],
    });
    return {
      spec,
      table: {
        columns: [
          "server",
          "connections",
          "memory of all",
          "memory each",
          "one more takes",
          "would fit",
          "held",
          "what ended it",
        ],
        rows: memories.flatMap(tableRows),
      },
    };
  },
};

export default chart;

function lineOf(memory: ServerMemory): MemoryLine[] {
  const { server, ioModel, marks, state, readings, more, moreIsRead, fits, held } = memory;
  const [atMost, atLeast] = moreIsRead ? ["", ""] : ["≤ ", "≥ "];
  if (more === undefined || fits === undefined) return [];
  return [
    {
      ...{ server, ioModel, marks, state, fits },
      readings: readings.map(({ connections, all }) => ({
        ...{ connections, bytes: all.median, value: summaryText(all, "bytes") },
        ...{ low: all.interval?.low ?? all.min, high: all.interval?.high ?? all.max },
      })),
      moreBytes: more.median,
      atMost: held?.atMost ?? false,
      texts: [
        `${atMost}${formatFigure(more.median, "bytes")}`,
        heldText(held),
        `${atLeast}${aboutText(fits)}`,
      ],
    },
  ];
}

function heldText(held: Held | undefined): string {
  if (held === undefined) return "not read";
  return `${held.atMost ? "" : "≥ "}${held.connections.toLocaleString("en")}`;
}

/** What is computed and not measured is not told to the last connection: `2,700,000`. */
function aboutText(count: number): string {
  return Number(count.toPrecision(2)).toLocaleString("en");
}

/** What ended the ramps; servers with the same end share a sentence. */
function endings(memories: readonly ServerMemory[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { server, held } of memories) {
    for (const ending of held?.endedBy ?? []) groups.set(ending, [...(groups.get(ending) ?? []), server]);
  }
  return [...groups].map(([ending, servers]) => `The ramp of ${servers.join(", ")} ended: ${ending}.`);
}

function overestimates(memories: readonly ServerMemory[]): string[] {
  const servers = memories.flatMap(({ server, more, moreIsRead }) =>
    more === undefined || moreIsRead ? [] : [server],
  );
  if (servers.length === 0) return [];
  const others = memories.some(({ moreIsRead }) => moreIsRead)
    ? "; of the others it is what the second half of the connections added"
    : "";
  return [
    `≤, ≥: what grows once, whatever the number, is in the memory each of ${servers.join(", ")}, so that rather more would fit${others}.`,
  ];
}

function tableRows(memory: ServerMemory): PictureRow[] {
  const { server, marks, readings, more, moreIsRead, fits, held, message } = memory;
  const ended = [heldText(held), held === undefined ? "not read" : held.endedBy.join("; ") || "not told"];
  const name = `${server}${marks}`;
  if (message !== undefined)
    return [{ server, cells: [name, ...Array.from({ length: 5 }, () => message), ...ended] }];
  return readings.map(({ connections, all, each }) => ({
    server,
    cells: [
      name,
      connections.toLocaleString("en"),
      summaryText(all, "bytes"),
      summaryText(each, "bytes"),
      moreIsRead ? summaryText(more, "bytes") : "not read apart",
      fits === undefined ? "not computed" : `${moreIsRead ? "" : "≥ "}${aboutText(fits)}`,
      ...ended,
    ],
  }));
}
