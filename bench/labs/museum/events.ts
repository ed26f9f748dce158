import { networks } from "../../network/networks.ts";
import type { Traffic } from "../../scenarios/scenario.ts";
import { loadUse } from "../../trial/load-use.ts";
import type { LabBench } from "../bench.ts";
import type { LabReading } from "../lab.ts";
import { sizes } from "./sizes.ts";

const rampMs = 5_000;

type Rounds = Extract<Traffic, { kind: "rounds" }>;

/** What a server costs for each event that it hands to each of a few subscribers. */
export async function measureEvents(transport: "comet" | "ws", bench: LabBench): Promise<LabReading> {
  const { measureMs, subscribers } = sizes[bench.options.profile];
  const rounds = { kind: "rounds", atLeast: 2, payloadBytes: 128, pausePolls: 0 } as const;
  const warmUp: Rounds = { ...rounds, atMost: 100, forMs: measureMs };
  const measure: Rounds = { ...rounds, atMost: 1_000, forMs: measureMs };
  const { pollMs, waitSeconds, arrivals } = bench.options;
  const server = await bench.launch(transport);
  const load = bench.load({
    load: { subscribers, warmUp, measure },
    transport,
    conditions: { pollMs, waitSeconds },
    arrivals: { kind: arrivals, seed: bench.seed },
    network: networks.loopback,
  });
  await load.reach(server.endpoints);
  const { connected } = await load.ramp(subscribers, rampMs);
  if (connected !== subscribers) throw new Error(`expected ${subscribers} subscribers, got ${connected}`);
  await load.run(warmUp);
  await load.drain();
  await load.reset();
  const before = (await server.usage()).process;
  const traffic = await load.run(measure);
  const missing = await load.drain();
  const after = (await server.usage()).process;
  const { latency, utilisations, repeated, relays } = await load.collect();
  const eachMs = latency.count === 0 ? undefined : (after.cpuMs - before.cpuMs) / latency.count;
  return {
    figures: {
      cpuMs: eachMs,
      wallMs: latency.percentileMs(50),
      perCoreSecond: eachMs === undefined ? undefined : 1_000 / eachMs,
      count: latency.count,
    },
    errors: { missing, repeated, publish: traffic.failed },
    load: loadUse(traffic, utilisations, relays),
  };
}
