import { readdir } from "node:fs/promises";
import type { ProcessUsage, Server } from "../servers/contract.ts";
import { loadClient, type ServerName } from "../servers/index.ts";
import { type LaunchedServer, launchServer } from "../servers/launch.ts";
import type { Cores } from "./cores.ts";
import type { Arrivals } from "./load/arrivals.ts";
import { type TrafficResult, TrialLoad } from "./load/load.ts";
import type { Ramped } from "./load/ramp.ts";
import { openFilesLimit } from "./open-files.ts";
import type { Completed, ErrorCounts, LoadProcessUse, Outcome, Phase } from "./result.ts";
import type { ClientConditions, Load, Measured, Scenario, Traffic } from "./scenarios/scenario.ts";
import { verify } from "./verify.ts";

/** Above this the load may be what was measured. */
const busyLoad = 0.8;

export interface TrialOrder {
  readonly name: ServerName;
  readonly server: Server;
  readonly scenario: Scenario;
  readonly load: Load;
  readonly cores: Cores;
  readonly conditions: ClientConditions;
  readonly arrivals: Arrivals;
  /** Ends the trial at once, and every process of it. */
  readonly signal: AbortSignal;
}

/** Time a trial may take beyond its ramp, its warm-up and its measuring: whatever hangs then hangs for ever. */
const patienceMs = 90_000;

/** Runs one trial. A trial that fails is a result too: it says in which phase, and why. */
export async function runTrial(order: TrialOrder): Promise<Outcome> {
  const limitMs =
    patienceMs + order.load.rampMs + durationOf(order.load.warmUp) + durationOf(order.load.measure);
  const timeUp = AbortSignal.timeout(limitMs);
  const trial = new RunningTrial(order, AbortSignal.any([order.signal, timeUp]));
  try {
    return await trial.run();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const message = timeUp.aborted ? `expected the trial to end within ${limitMs / 1_000} s; ${said}` : said;
    return { state: "failed", phase: trial.phase, message };
  } finally {
    await trial.stop();
  }
}

function durationOf(traffic: Traffic): number {
  return traffic.kind === "rounds" ? traffic.forMs : traffic.durationMs;
}

class RunningTrial {
  phase: Phase = "start";
  readonly #order: TrialOrder;
  readonly #signal: AbortSignal;
  readonly #load: TrialLoad;
  #launching: Promise<LaunchedServer> | undefined;

  /** `signal` ends every process of the trial at once. */
  constructor(order: TrialOrder, signal: AbortSignal) {
    this.#order = order;
    this.#signal = signal;
    const { load, server, cores, conditions, arrivals } = order;
    const { transport } = server;
    this.#load = new TrialLoad({ load, transport, core: cores.load, conditions, arrivals });
    signal.addEventListener("abort", () => void this.stop());
  }

  async run(): Promise<Completed> {
    const { name, server, load, cores } = this.#order;
    const pinned = cores.server === undefined ? {} : { core: cores.server };
    this.#launching = launchServer(name, { ...pinned, signal: this.#signal });
    const launched = await this.#launching;
    const { http } = launched.endpoints;

    this.phase = "verify";
    // Before the first connection: threads that it starts are kept for the next ones.
    const unloaded = (await launched.usage(true)).process;
    await verify(await loadClient(server.transport), launched.endpoints);

    this.phase = "ramp";
    const ramped = await this.#load.ramp(launched.endpoints, load.subscribers, load.rampMs);
    const ramp = await summariseRamp(ramped, load, launched.pid);
    if (ramp.connected < load.subscribers && !load.fewerWillDo) {
      throw new Error(`expected ${load.subscribers} subscribers, got ${ramp.connected}: ${ramp.limit}`);
    }

    this.phase = "warm-up";
    await this.#load.run(load.warmUp, http);
    const late = await this.#load.drain();
    if (late > 0)
      throw new Error(`expected every event of the warm-up to arrive, but ${late} deliveries are missing`);
    await this.#load.reset();
    const before = (await launched.usage(true)).process;

    this.phase = "measure";
    const startMs = performance.now();
    const traffic = await this.#load.run(load.measure, http);
    const durationMs = traffic.durationMs ?? performance.now() - startMs;

    this.phase = "drain";
    const missing = await this.#load.drain();
    const after = (await launched.usage()).process;
    const outcome = await this.#summarise({
      traffic,
      ramp,
      missing,
      durationMs,
      server: { unloaded, before, after },
    });

    this.phase = "stop";
    // The server first: one whose subscribers have vanished without a word waits for them.
    await launched.close();
    await this.#load.kill();
    return outcome;
  }

  /** Ends every process of the trial that still runs. */
  async stop(): Promise<void> {
    // A server that could not be launched has ended already, and `run` has said so.
    const server = await this.#launching?.catch(() => undefined);
    await Promise.all([this.#load.kill(), server?.kill()]);
  }

  async #summarise(parts: {
    traffic: TrafficResult;
    ramp: RampSummary;
    missing: number;
    durationMs: number;
    server: { unloaded: ProcessUsage; before: ProcessUsage; after: ProcessUsage };
  }): Promise<Completed> {
    const { traffic, ramp, missing, durationMs, server } = parts;
    const received = await this.#load.collect();
    const { accepted, rounds } = traffic;
    const measured: Measured = { durationMs, accepted, ramp, server, latency: received.latency, rounds };
    const { figures, notes } = this.#order.scenario.figures(measured);
    const load = loadUse(traffic, received.utilisations);
    const errors: ErrorCounts = {
      connect: ramp.failures,
      ended: received.ended.reduce((sum, [, count]) => sum + count, 0),
      publish: traffic.failed,
      missing,
      repeated: received.repeated,
      dropped: traffic.dropped,
    };
    const ends = received.ended.map(([reason, count]) => `${count} subscriptions ended: ${reason}`);
    return {
      state: "completed",
      figures: present(figures),
      histograms: received.latency.count > 0 ? { latency: received.latency.encode() } : {},
      errors,
      ...(traffic.sending === undefined ? {} : { sending: traffic.sending }),
      load,
      // The load shares one core, so its processes together must leave some of it idle.
      generatorBound: load.reduce((sum, { utilisation }) => sum + utilisation, 0) > busyLoad,
      notes: [...notes, ...ends],
    };
  }
}

interface RampSummary {
  readonly connected: number;
  readonly durationMs: number;
  readonly failures: number;
  /** What ended the ramp, as words after "the ramp ended:". */
  readonly limit: string;
}

async function summariseRamp(ramped: Ramped, load: Load, serverPid: number): Promise<RampSummary> {
  const { connected, durationMs } = ramped;
  const messages = Object.entries(ramped.failures).sort(([, a], [, b]) => b - a);
  const failures = messages.reduce((sum, [, count]) => sum + count, 0);
  const summary = { connected, durationMs, failures };
  if (connected === load.subscribers) return { ...summary, limit: "all that were asked for are connected" };
  const limit = await openFilesLimit(serverPid);
  const open = limit === undefined ? 0 : (await readdir(`/proc/${serverPid}/fd`)).length;
  if (limit !== undefined && open > limit * 0.99) {
    return {
      ...summary,
      limit: `the server process has ${open} files open, of the ${limit} the system allows it`,
    };
  }
  const [message] = messages;
  if (message) return { ...summary, limit: `attempts failed, most often with: ${message[0]}` };
  return { ...summary, limit: `its time of ${load.rampMs / 1_000} s was over` };
}

function loadUse(traffic: TrafficResult, subscribers: readonly number[]): LoadProcessUse[] {
  const use: LoadProcessUse[] = subscribers.map((utilisation) => ({ role: "subscribers", utilisation }));
  if (traffic.publisherUtilisation !== undefined) {
    use.push({ role: "publisher", utilisation: traffic.publisherUtilisation });
  }
  if (traffic.ingestUtilisation !== undefined)
    use.push({ role: "ingest", utilisation: traffic.ingestUtilisation });
  return use;
}

function present(figures: Readonly<Record<string, number | undefined>>): Record<string, number> {
  const entries = Object.entries(figures).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}
