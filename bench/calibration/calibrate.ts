import type { Cores } from "../environment/cores.ts";
import { measureAccuracy } from "../network/accuracy.ts";
import type { Network } from "../network/networks.ts";
import type { Calibration, Check, CoreSpeed } from "../result.ts";
import { samplesFor } from "../stats/enough-samples.ts";
import { type Asked, byteChecks, countCheck, delayCheck, roundTripCheck, stallChecks } from "./checks.ts";
import { type Observed, ReferenceBench } from "./reference-bench.ts";
import type { Behaviour } from "./reference-process.ts";

export interface CalibrationOrder {
  readonly cores: Cores;
  /** How fast the cores are just now: recorded, since it decides what the instrument can do. */
  readonly coreSpeed: CoreSpeed;
  /** How long webhooks are sent, all parts together; starting the processes comes on top. */
  readonly calibrationMs: number;
  /** What the run puts between server and load. */
  readonly network: Network;
  /** Ends it at once, and every process of it. */
  readonly signal: AbortSignal;
}

const subscribers = 4;
const arrivals = { kind: "constant", seed: 1 } as const;
const payloadBytes = 128;

/** What the server is told to delay by: so long that 2 % of it are more than a slow machine takes to wake its processes. */
const delaysMs = [50, 100];

/**
 * Webhooks 8 ms apart. Publisher and subscribers share a core: so far apart, no event of 50 ms or 100 ms ago is due just
 * when the next webhook is sent, and a stall ends in no burst that takes the load long to work off.
 */
const eventsPerSecond = 125;

/** Of the time, each delay takes one part, and one period of stalling all others. */
const parts = 6;

/** Round trips through the relay: as many as a p99 takes. */
const roundTrips = samplesFor(99);

/** As 1 s of every 10 s. */
const stalledPart = 0.1;

/**
 * Puts the instrument to a server with known answers, before anything else that it says is believed. Rejects when
 * it comes to no measurement at all; measuring wrongly is a result, and has its place in the checks.
 */
export async function calibrate(order: CalibrationOrder): Promise<Calibration> {
  order.signal.throwIfAborted();
  const startedAt = new Date();
  const startMs = performance.now();
  const bench = new ReferenceBench(order.cores, subscribers, arrivals);
  const kill = () => void bench.kill();
  order.signal.addEventListener("abort", kill);
  try {
    await bench.start();
    const checks: Check[] = [];
    const partMs = order.calibrationMs / parts;
    for (const delayMs of delaysMs) checks.push(...(await checkDelay(bench, delayMs, partMs)));
    checks.push(...(await checkStall(bench, (parts - delaysMs.length) * partMs)));
    const { link } = order.network;
    const accuracy = link && (await measureAccuracy(link, roundTrips, order.cores.load));
    if (accuracy !== undefined) checks.push(roundTripCheck(accuracy));
    return {
      startedAt: startedAt.toISOString(),
      durationMs: performance.now() - startMs,
      checks,
      coreSpeed: order.coreSpeed,
      ...(accuracy === undefined
        ? {}
        : { network: { medianMs: accuracy.medianMs, p99Ms: accuracy.p99Ms, samples: accuracy.samples } }),
    };
  } finally {
    order.signal.removeEventListener("abort", kill);
    await bench.kill();
  }
}

async function checkDelay(bench: ReferenceBench, delayMs: number, forMs: number): Promise<Check[]> {
  const asked = ask(forMs);
  const { received, deeds } = await observe(bench, asked, { delayMs });
  return [delayCheck(delayMs, received, deeds), countCheck(asked, received, `delays by ${delayMs} ms`)];
}

/** One whole period, its stall in the middle of it and between two webhooks. */
async function checkStall(bench: ReferenceBench, periodMs: number): Promise<Check[]> {
  const asked = ask(periodMs);
  const intervalMs = 1_000 / eventsPerSecond;
  const afterMs = (Math.floor((periodMs * 0.45) / intervalMs) + 0.5) * intervalMs;
  const stalls = { afterMs, forMs: periodMs * stalledPart, everyMs: periodMs };
  const { received, deeds } = await observe(bench, asked, { delayMs: 0, stalls });
  return [
    ...stallChecks(asked, received, deeds),
    countCheck(asked, received, "stalls a tenth of the time"),
    ...byteChecks(received, deeds),
  ];
}

function ask(durationMs: number): Asked {
  return { arrivals, eventsPerSecond, durationMs, subscribers };
}

function observe(bench: ReferenceBench, asked: Asked, behaviour: Behaviour): Promise<Observed> {
  return bench.observe(behaviour, { ...asked, kind: "open", payloadBytes });
}
