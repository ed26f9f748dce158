import { readCpuMs, readRssBytes } from "../../probes/process-cpu.ts";
import { attempt } from "../../probes/reading.ts";
import type { LabBench } from "../bench.ts";
import { noBlockingSockets } from "../blocking-sockets.ts";
import type { Lab, LabCell, LabReading } from "../lab.ts";
import { arms, atOnce, waitOf } from "./arms.ts";
import type { ClientsMethods } from "./clients-process.ts";
import type { DatabaseMethods } from "./database-process.ts";
import type { GatewayMethods } from "./gateway-process.ts";
import { lawPerSecond, steadyPerSecond, widthOf } from "./law.ts";
import { checkPostgres } from "./postgres.ts";
import type { ServerMethods } from "./server-process.ts";
import { sizes } from "./sizes.ts";

/** From here on the processor may be what limits, and not the wait. */
const busyPercent = 90;

/** What a thread takes to start on a slow day, and all processes of a trial. */
const [threadMs, processesMs] = [35, 500];

export default {
  name: "waiting",
  question: "How many requests per second, each of which waits for a query?",
  columns: [
    { figure: "perSecond", title: "answers", unit: "per second", better: "higher" },
    { figure: "lawPerSecond", title: "law", unit: "per second", better: "higher" },
    { figure: "ofLawPercent", title: "of the law", unit: "percent", better: "higher" },
    { figure: "cpuPercent", title: "server's CPU", unit: "percent", better: "lower" },
    { figure: "rssBytes", title: "memory", unit: "bytes", better: "lower" },
  ],
  arms,
  conditions: ({ database, profile }) => [
    `${sizes[profile].clients} clients, closed model: each sends its next request when the last is answered, on its own connection; loopback, whatever --network says.`,
    database === undefined
      ? "The database is a process on the load's core, which answers each query when its time is over, however many there are."
      : `The database is the PostgreSQL at ${database}, which sleeps for the time of each query (pg_sleep); every arm asks it through one process on the load's core that has the driver, so that blocking and not blocking differ in nothing else. One on this machine takes its time of the same cores.`,
    "The law: as many queries at once as there are threads, or on the event loop clients, each for its time; what the processor has to do for them is not in it.",
    "The threads of a pool are Node.js worker threads (Piscina), each with a heap and compiled code of its own: handing a request to one of them and back takes hundreds of microseconds of the processor, which a thread of the system would not take. Their start is not in the figures.",
  ],
  cells: ({ profile }) => {
    const { clients, arms: asked } = sizes[profile];
    return asked.flatMap(({ queryMs, arms }) => arms.map((arm) => ({ arm, point: { clients, queryMs } })));
  },
  expectedMs: ({ arm }, { profile }) => {
    const { warmUpMs, measureMs } = sizes[profile];
    const wait = waitOf(arm);
    return processesMs + (wait.kind === "pool" ? wait.threads * threadMs : 0) + warmUpMs + measureMs;
  },
  check: async ({ database, profile }) => {
    if (database !== undefined) await checkPostgres(database, sizes[profile].clients);
  },
  measure,
} satisfies Lab;

async function measure({ arm, point }: LabCell, bench: LabBench): Promise<LabReading> {
  const wait = waitOf(arm);
  const reason = wait.kind === "event loop" ? undefined : noBlockingSockets();
  if (reason !== undefined) return { exempt: reason };
  const { clients = 0, queryMs = 0 } = point;
  const { warmUpMs, measureMs } = sizes[bench.options.profile];
  const server = bench.start<ServerMethods>("waiting/server-process.ts", "server");
  const load = bench.start<ClientsMethods>("waiting/clients-process.ts", "load");
  const database = await startDatabase(bench, queryMs, clients);
  const port = await server.call("listen", { wait, database: database.port, clients });
  await load.call("begin", { port, clients, spreadMs: queryMs, warmUpMs });

  const [cpuBefore, workBefore] = [await readServer(server.pid, readCpuMs), await database.work()];
  const startMs = performance.now();
  const { answersMs, utilisation } = await load.call("count", measureMs);
  const [cpuAfter, workAfter] = [await readServer(server.pid, readCpuMs), await database.work()];
  const wallMs = performance.now() - startMs;
  const rssBytes = await readServer(server.pid, readRssBytes);

  const width = widthOf({ atOnce: atOnce(wait), clients });
  const perSecond = steadyPerSecond(answersMs, width);
  const law = lawPerSecond({ atOnce: width, clients, queryMs });
  const cpuMs = cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore;
  const cpuPercent = cpuMs === undefined ? undefined : (cpuMs / wallMs) * 100;
  const databaseUse = (workAfter.cpuMs - workBefore.cpuMs) / (workAfter.atMs - workBefore.atMs);
  return {
    figures: {
      perSecond,
      lawPerSecond: law,
      ofLawPercent: (perSecond / law) * 100,
      cpuPercent,
      // Of the processor, in the time that one query takes: how much of its wait is work.
      cpuOfWaitPercent: cpuMs === undefined ? undefined : (cpuMs / answersMs.length / queryMs) * 100,
      rssBytes,
    },
    notes: [
      ...(cpuPercent === undefined ? ["no CPU time: only Linux tells it of a blocked process"] : []),
      ...(cpuPercent !== undefined && cpuPercent >= busyPercent
        ? [
            "the server's core was busy: the processor limits here, and not the wait, so the law does not apply",
          ]
        : []),
    ],
    load: [
      { role: "lab", utilisation },
      { role: "lab", utilisation: Math.max(0, databaseUse) },
    ],
  };
}

async function startDatabase(bench: LabBench, queryMs: number, connections: number) {
  const { database } = bench.options;
  if (database === undefined) {
    const embedded = bench.start<DatabaseMethods>("waiting/database-process.ts", "load");
    const port = await embedded.call("listen", { queryMs });
    return { port, work: () => embedded.call("work", undefined) };
  }
  const gateway = bench.start<GatewayMethods>("waiting/gateway-process.ts", "load");
  const port = await gateway.call("listen", { database, queryMs, connections });
  return { port, work: () => gateway.call("work", undefined) };
}

/** Undefined where the system does not tell: other systems than Linux, and a Linux without scheduler statistics. */
async function readServer(
  pid: number | undefined,
  read: (pid: number) => number,
): Promise<number | undefined> {
  const reading = await attempt(() => read(pid ?? 0));
  return "value" in reading ? reading.value : undefined;
}
