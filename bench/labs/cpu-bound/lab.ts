import { samplesFor } from "../../stats/enough-samples.ts";
import { LatencyHistogram } from "../../stats/histogram.ts";
import { median } from "../../stats/median.ts";
import { arrivals } from "../../stats/poisson.ts";
import type { LabBench } from "../bench.ts";
import { noBlockingSockets } from "../blocking-sockets.ts";
import type { Lab, LabCell, LabReading } from "../lab.ts";
import { armList, armNamed } from "./arms.ts";
import type { Answered, LoadMethods } from "./load-process.ts";
import type { ServerMethods } from "./server-process.ts";
import { sizes } from "./sizes.ts";

/** About a millisecond. */
const partTurns = 1e6;

/** Light requests that have their code compiled, and the connections made, before any is measured. */
const warmUpMs = 150;

/** Connections of the load, of light and heavy requests. */
const connections = 9;

/** Processes, and threads where there are some. */
const startMs = 600;

export default {
  name: "cpu-bound",
  question: "How long do light requests wait while others compute?",
  columns: [
    { figure: "calmMaxMs", title: "longest alone", unit: "ms", better: "lower" },
    { figure: "p50Ms", title: "p50 beside", unit: "ms", better: "lower" },
    { figure: "p90Ms", title: "p90 beside", unit: "ms", better: "lower" },
    { figure: "maxMs", title: "longest beside", unit: "ms", better: "lower" },
    { figure: "heavyMs", title: "the computation", unit: "ms", better: "lower" },
  ],
  arms: armList,
  conditions: ({ profile }) => {
    const { calmMs, busyMs, heavyEveryMs, turns } = sizes[profile];
    return [
      `Light requests come at a constant rate, whatever the answers do, for ${calmMs / 1_000} s alone and then for ${busyMs / 1_000} s beside computations of ${turns / 1e6} million turns of a loop, one every ${heavyEveryMs} ms; latency counts from the time at which a request was due.`,
      "The whole server has one core, with all its threads: where there are several, the operating system shares it among them. Loopback, whatever --network says.",
    ];
  },
  cells: ({ profile }) =>
    armList.map(({ name }) => ({ arm: name, point: { lightPerSecond: sizes[profile].lightPerSecond } })),
  expectedMs: (_cell, { profile }) => startMs + warmUpMs + sizes[profile].calmMs + sizes[profile].busyMs,
  measure,
} satisfies Lab;

async function measure({ arm: name, point }: LabCell, bench: LabBench): Promise<LabReading> {
  const arm = armNamed(name);
  const reason = arm === "thread-per-connection" ? noBlockingSockets() : undefined;
  if (reason !== undefined) return { exempt: reason };
  const { lightPerSecond = 0 } = point;
  const { turns, calmMs, busyMs, heavyEveryMs } = sizes[bench.options.profile];
  const server = bench.start<ServerMethods>("cpu-bound/server-process.ts", "server");
  const load = bench.start<LoadMethods>("cpu-bound/load-process.ts", "load");
  const port = await server.call("listen", { arm, turns, partTurns, connections });
  const light = (durationMs: number) => dueMs(lightPerSecond, durationMs);
  const heavy = (durationMs: number) => dueMs(1_000 / heavyEveryMs, durationMs);

  await load.call("send", { port, lightMs: light(warmUpMs), heavyMs: [0] });
  const calm = await load.call("send", { port, lightMs: light(calmMs), heavyMs: [] });
  const busy = await load.call("send", { port, lightMs: light(busyMs), heavyMs: heavy(busyMs) });
  return readingOf(calm, busy);
}

/** When requests are due, as of a clock. */
function dueMs(perSecond: number, durationMs: number): number[] {
  return arrivals({ kind: "constant", perSecond, durationMs, random: () => 0 });
}

function readingOf(calm: Answered, busy: Answered): LabReading {
  const [alone, beside] = [calm, busy].map(({ lightLatenciesMs }) => percentilesOf(lightLatenciesMs));
  return {
    figures: {
      calmP50Ms: alone?.p50Ms,
      calmMaxMs: alone?.maxMs,
      p50Ms: beside?.p50Ms,
      p90Ms: beside?.p90Ms,
      maxMs: beside?.maxMs,
      heavyMs: median(busy.heavyLatenciesMs),
    },
    distributions: { calm: calm.lightLatenciesMs, latency: busy.lightLatenciesMs },
    load: [{ role: "lab", utilisation: Math.max(calm.utilisation, busy.utilisation) }],
  };
}

function percentilesOf(latenciesMs: readonly number[]) {
  const histogram = new LatencyHistogram();
  for (const latencyMs of latenciesMs) histogram.record(latencyMs);
  const enough = histogram.count >= samplesFor(90);
  return {
    p50Ms: histogram.percentileMs(50),
    p90Ms: enough ? histogram.percentileMs(90) : undefined,
    maxMs: histogram.percentileMs(100),
  };
}
