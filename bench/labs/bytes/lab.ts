import { setTimeout } from "node:timers/promises";
import { loopbackGrowth } from "../../probes/loopback-traffic.ts";
import type { ProfileName } from "../../profiles.ts";
import type { LabBench } from "../bench.ts";
import type { Lab, LabCell, LabReading } from "../lab.ts";
import { type ArmName, armNames, armOf, arms, isArmName } from "./arms.ts";
import type { QuoteClientMethods } from "./clients-process.ts";
import { packetHeaderBytes, perMessage } from "./per-message.ts";
import { quoteBytes } from "./quote.ts";
import type { QuoteServerMethods } from "./server-process.ts";
import type { SpreadOrder } from "./spread.ts";

/** The article's cases: so many clients, and a message a second for each of them. */
interface Case {
  readonly clients: number;
  readonly rounds: number;
  readonly arms: readonly ArmName[];
}

interface Size {
  /** What is counted for each message needs few clients, and less than a second between messages. */
  readonly clients: number;
  readonly intervalMs: number;
  readonly rounds: number;
  readonly cases: readonly Case[];
}

const caseArms: readonly ArmName[] = ["poll-2009", "poll-today", "ws"];

/** Longer than an acknowledgement is held back (40 ms), so that each message has its own, as it has with a second between. */
const intervalMs = 50;

const standard: Size = {
  clients: 50,
  intervalMs,
  rounds: 6,
  cases: [
    { clients: 1_000, rounds: 2, arms: caseArms },
    { clients: 10_000, rounds: 2, arms: caseArms },
  ],
};

const sizes = {
  smoke: { clients: 2, intervalMs: 5, rounds: 1, cases: [] },
  quick: {
    clients: 20,
    intervalMs,
    rounds: 2,
    cases: [{ clients: 1_000, rounds: 1, arms: ["poll-2009", "ws"] }],
  },
  standard,
  full: standard,
} as const satisfies Record<ProfileName, Size>;

const caseIntervalMs = 1_000;

/** A new connection acknowledges its first packets at once: these are not counted, and need no interval as long. */
const warmUpPace = { intervalMs: 10, rounds: 4 };
const caseWarmUpPace = { intervalMs: 200, rounds: 2 };

/** Messages that have not come by then are missing. */
const patienceMs = 2_000;

const lab: Lab = {
  name: "bytes",
  question: "What does one message of 21 bytes take of the network, by the way it comes?",
  columns: [
    { figure: "headerBytes", title: "headers and framing", unit: "bytes", better: "lower" },
    { figure: "applicationBytes", title: "application bytes", unit: "bytes", better: "lower" },
    { figure: "packets", title: "packets", unit: "count", better: "lower" },
    { figure: "wireBytes", title: "bytes on the wire", unit: "bytes", better: "lower" },
  ],
  arms: armNames.map((name) => ({ name, summary: arms[name].summary })),
  conditions: ({ profile }) => [
    `Each client gets a message of ${quoteBytes} bytes an interval: of ${caseIntervalMs / 1_000} s with 1,000 clients and more, else of ${sizes[profile].intervalMs} ms. An acknowledgement waits 40 ms for company, so each message has its own.`,
    "The servers are this lab's own, so that all arms carry the same message: sockets that write the given header blocks for HTTP/1.1, Node.js for HTTP/2 and server-sent events, the packages ws and socket.io.",
    "The blocks of 2009 have the header names and sizes of the article's: 692 and 179 characters, 716 and 193 bytes with line ends.",
    "Every poll finds a message: what is asked in vain is the lab boiling's question. Connecting is not counted, save where each poll connects anew.",
    `The wire is IPv4 and TCP with their headers and acknowledgements, on loopback: by formula, ${packetHeaderBytes} bytes a packet and the application's. Ethernet and TLS would add to it.`,
  ],
  cells: ({ profile }) => {
    const { clients, cases } = sizes[profile];
    return [
      ...armNames.map((arm) => ({ arm, point: { clients } })),
      ...cases.flatMap(({ clients, arms }) => arms.map((arm) => ({ arm, point: { clients } }))),
    ];
  },
  expectedMs: (cell, { profile }) => {
    const { warmUp, measured, settleMs, isCase } = trafficOf(cell, profile);
    const connectMs = (isCase ? 0.3 : 1) * measured.clients;
    return 250 + connectMs + roundsMs(warmUp) + roundsMs(measured) + 2 * settleMs;
  },
  measure,
};

interface CellTraffic {
  readonly warmUp: SpreadOrder;
  readonly measured: SpreadOrder;
  /** In which the last acknowledgements come. */
  readonly settleMs: number;
  /** Whether it is one of the article's cases, with a message a second for each client. */
  readonly isCase: boolean;
}

function trafficOf({ point }: LabCell, profile: ProfileName): CellTraffic {
  const { clients: few, intervalMs: settleMs, rounds, cases }: Size = sizes[profile];
  const { clients = few } = point;
  const found = cases.find((candidate) => candidate.clients === clients);
  if (found === undefined) {
    const measured = { clients, intervalMs: settleMs, rounds };
    return { warmUp: { clients, ...warmUpPace }, measured, settleMs, isCase: false };
  }
  return {
    warmUp: { clients, ...caseWarmUpPace },
    measured: { clients, intervalMs: caseIntervalMs, rounds: found.rounds },
    settleMs,
    isCase: true,
  };
}

function roundsMs({ intervalMs, rounds }: SpreadOrder): number {
  return intervalMs * rounds;
}

async function measure(cell: LabCell, bench: LabBench): Promise<LabReading> {
  const { arm } = cell;
  if (!isArmName(arm)) throw new Error(`expected one of ${armNames.join(", ")}, got ${arm}`);
  const { warmUp, measured, settleMs, isCase } = trafficOf(cell, bench.options.profile);
  const { clients: count } = measured;
  const server = bench.start<QuoteServerMethods>("bytes/server-process.ts", "server");
  const clients = bench.start<QuoteClientMethods>("bytes/clients-process.ts", "load");
  const byServer = armOf(arm).pacedBy === "server";
  const send = async (order: SpreadOrder) => {
    await (byServer ? server.call("push", order) : clients.call("ask", order));
    return clients.call("awaitQuotes", { count: count * order.rounds, timeoutMs: patienceMs });
  };
  const port = await server.call("listen", arm);
  await clients.call("connect", { arm, port, count });
  if (byServer) await server.call("awaitClients", count);
  await clients.call("open", undefined);
  await send(warmUp);
  await setTimeout(settleMs);
  const before = bench.probes.loopback();
  await clients.call("open", undefined);
  const startMs = performance.now();
  const missing = await send(measured);
  const elapsedMs = performance.now() - startMs;
  await setTimeout(settleMs);
  const loopback = loopbackGrowth(before, bench.probes.loopback());
  const { quotes, bytesIn, bytesOut, utilisation } = await clients.call("read", undefined);
  if (quotes === 0) throw new Error(`expected ${count * measured.rounds} messages, got none`);
  return {
    ...perMessage({
      asked: !byServer,
      ...{ messages: quotes, applicationBytes: bytesIn + bytesOut, loopback },
      elapsedMs: isCase ? elapsedMs : undefined,
    }),
    errors: { missing },
    load: [{ role: "lab", utilisation }],
  };
}

export default lab;
