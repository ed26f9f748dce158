import { median } from "../../stats/median.ts";
import { tooCoarse } from "../../stats/resolution.ts";
import type { LabBench } from "../bench.ts";
import type { LabReading } from "../lab.ts";
import type { ClientMethods } from "./client-process.ts";
import type { ProgramName } from "./exhibits.ts";
import type { FrontMethods } from "./front-process.ts";
import { findProgram } from "./programs.ts";
import { sizes } from "./sizes.ts";

/** CPU time of ended children, as a server says it: in two parts, each cut to ticks of 10 ms. */
const childrenStepMs = 20;

const noRusage = "CPU time of children is read by getrusage, which this system does not have";

/** What a front costs that starts a program for each request, or, without one, answers by itself. */
export async function measureFront(name: ProgramName | undefined, bench: LabBench): Promise<LabReading> {
  if (process.platform !== "linux" && process.platform !== "darwin") return { exempt: noRusage };
  const program = name === undefined ? undefined : findProgram(name);
  if (name !== undefined && program === undefined) return { exempt: `this machine has no ${name}` };
  const { firstPrograms, firstHandled, atLeast } = sizes[bench.options.profile];
  const front = bench.start<FrontMethods>("museum/front-process.ts", "server");
  return readRequests(bench, {
    url: await front.call("listen", { program }),
    first: program === undefined ? firstHandled : firstPrograms,
    atLeast,
    readCpu: async () => ({ cpuMs: await front.call("cpuMs", undefined), childrenMs: 0 }),
  });
}

/** What a server costs that is asked for the same again and again. */
export async function measureRequests(name: "cgi" | "polling", bench: LabBench): Promise<LabReading> {
  const { firstPrograms, firstHandled, atLeast, ourPrograms } = sizes[bench.options.profile];
  const server = await bench.launch(name);
  const { http } = server.endpoints;
  return readRequests(bench, {
    url: name === "cgi" ? `${http}/healthz` : `${http}/events?after=0`,
    webhook: `${http}/hooks/museum`,
    first: name === "cgi" ? firstPrograms : firstHandled,
    atLeast: name === "cgi" ? ourPrograms : atLeast,
    readCpu: async () => {
      const { cpuMs, childrenCpuMs = 0 } = (await server.usage()).process;
      return { cpuMs: cpuMs + childrenCpuMs, childrenMs: childrenCpuMs };
    },
  });
}

interface RequestsOrder {
  readonly url: string;
  /** Where to send one webhook before, so that there is something to ask for. */
  readonly webhook?: string;
  /** Requests before CPU is counted, and at least while it is. */
  readonly first: number;
  readonly atLeast: number;
  /** `childrenMs`: the part of it that is told in ticks. */
  readCpu(): Promise<{ readonly cpuMs: number; readonly childrenMs: number }>;
}

/** CPU while several ask at once, and then the time that one alone has to wait. */
async function readRequests(bench: LabBench, order: RequestsOrder): Promise<LabReading> {
  const { url, webhook, first, atLeast, readCpu } = order;
  const { atOnce, measureMs } = sizes[bench.options.profile];
  const client = bench.start<ClientMethods>("museum/client-process.ts", "load");
  if (webhook !== undefined) await client.call("post", { url: webhook, body: '{"status":"ok"}' });
  await client.call("ask", { url, atOnce, forMs: 0, atLeast: first });
  const before = await readCpu();
  const { length: count } = await client.call("ask", { url, atOnce, forMs: measureMs, atLeast });
  const after = await readCpu();
  const aloneMs = await client.call("ask", { url, atOnce: 1, forMs: measureMs / 2, atLeast: 1 });
  const cpuMs = after.cpuMs - before.cpuMs;
  const inTicks = after.childrenMs > before.childrenMs;
  const coarse = inTicks ? tooCoarse(cpuMs, childrenStepMs, "ms") : undefined;
  const eachMs = coarse === undefined ? cpuMs / count : undefined;
  return {
    figures: {
      cpuMs: eachMs,
      perCoreSecond: eachMs === undefined ? undefined : 1_000 / eachMs,
      wallMs: median(aloneMs),
      count,
    },
    distributions: { latency: aloneMs },
    notes: coarse === undefined ? [] : [`no CPU figures: ${coarse}`],
  };
}
