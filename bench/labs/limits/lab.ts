import { totalmem } from "node:os";
import { isServerName } from "../../../servers/index.ts";
import type { RampSummary } from "../../trial/ramp-summary.ts";
import { memoryEach } from "../held-memory.ts";
import { everyMs, holdConnections } from "../hold-connections.ts";
import type { Lab } from "../lab.ts";
import { serveByNode } from "../served.ts";
import { arms } from "./arms.ts";
import { sizes } from "./sizes.ts";

/** One size of machine, whatever the size of this one, so that runs of different machines compare. */
const comparedBytes = 24 * 1024 ** 3;

/** What a connection takes of time, in milliseconds, where it is served by an event loop, a thread, a process. */
const connectMs = { "event loop": 0.5, "thread per connection": 30, "process per request": 100 } as const;

const lab: Lab = {
  name: "limits",
  question: "How many connections does one server process really hold, and what ends its ramp?",
  columns: [
    { figure: "held", title: "held", unit: "count", better: "higher" },
    { figure: "memoryEach", title: "memory each", unit: "bytes", better: "lower" },
    { figure: "kernelEach", title: "of it kernel", unit: "bytes", better: "lower" },
    { figure: "fitMachine", title: "fit into memory", unit: "count", better: "higher" },
    { figure: "lastMs", title: "event to all", unit: "ms", better: "lower" },
  ],
  arms: arms.map(({ name, summary }) => ({ name, summary })),
  conditions: () => [
    "Each server is asked to hold as many as its profile has for it; what ended the ramp before that stands with the table. A ramp that was ended by the number asked for, by the limit of open files or by its time says that a server holds so many at least; only one that the server ended says how many it holds at most.",
    "Memory each is what the second half of the connections added: the proportional set of the process and its descendants, and the kernel's memory for its threads, its page tables and its ends of the connections.",
    `"Fit into memory" is no measurement: it is this machine's memory, ${(totalmem() / 1024 ** 3).toFixed(0)} GiB, divided by memory each, as if files, threads and time had no end and the load were elsewhere.`,
    'Then one event at a time is pushed to all: "event to all" is when the last had it.',
    "A thread of Node.js is a V8 isolate: of the servers named threads-, memory each is mostly that, and not what threads of the operating system take, which the lab threads measures.",
    "Always over loopback.",
  ],
  cells: ({ profile }) => {
    const { targets } = sizes[profile];
    return arms.flatMap(({ name }) => {
      const target = Object.entries(targets).find(([server]) => server === name)?.[1];
      return target === undefined ? [] : [{ arm: name, point: { target } }];
    });
  },
  expectedMs: ({ arm, point: { target = 0 } }, { profile }) => {
    const { pushMs, pushes } = sizes[profile];
    const model = arms.find(({ name }) => name === arm)?.ioModel ?? "event loop";
    return 1_000 + target * connectMs[model] + Math.max(pushMs, pushes * everyMs(target));
  },
  measure: async ({ arm, point: { target = 0 } }, bench) => {
    const served = arms.find(({ name }) => name === arm);
    if (served === undefined || !isServerName(arm))
      throw new Error(`expected an arm of the lab limits, got ${arm}`);
    const { pushMs, pushes, rampMs } = sizes[bench.options.profile];
    const server = await serveByNode(bench, arm, served.transport, target);
    const order = { bench, server, connections: target, rampMs, pushMs, pushes };
    const { ramp, unloaded, half, all, pushed, use, errors, load } = await holdConnections(order);
    const each = memoryEach(half, all);
    const eachBytes = each.memoryEach ?? each.processEach;
    return {
      figures: {
        held: ramp.connected,
        ceiling: isOfServer(ramp) ? ramp.connected : undefined,
        ...each,
        overallEach: memoryEach(unloaded, all).memoryEach,
        fitMachine: eachBytes && totalmem() / eachBytes,
        fit24GiB: eachBytes && comparedBytes / eachBytes,
        rampMs: ramp.durationMs,
        lastMs: pushed.lastMs,
        delivered: pushed.delivered,
        due: pushed.due,
        threads: use?.threads,
      },
      distributions: { last: pushed.lastsMs },
      errors,
      load,
      notes: [
        `the ramp ended: ${ramp.limit}`,
        ...(each.memoryEach === undefined && each.processEach !== undefined
          ? ["fit into memory counts the process alone: what the kernel takes cannot be read here"]
          : []),
      ],
    };
  },
};

export default lab;

/** Whether it was the server that would hold no more, and not the number asked for, the load or the system. */
export function isOfServer({ endedBy, limit }: Pick<RampSummary, "endedBy" | "limit">): boolean {
  return endedBy === "failures" && !/\b(EMFILE|ENFILE|EADDRNOTAVAIL|ENOBUFS|ENOMEM)\b/.test(limit);
}
