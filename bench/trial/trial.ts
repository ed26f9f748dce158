import type { Server, ServerOptions } from "../../servers/contract.ts";
import { loadClient, type ServerName } from "../../servers/index.ts";
import { type LaunchedServer, launchServer } from "../../servers/launch.ts";
import type { Cores } from "../environment/cores.ts";
import type { Arrivals } from "../load/arrivals.ts";
import type { KeptBrowser } from "../load/kept-browser.ts";
import { type LoadRole, TrialLoad } from "../load/load.ts";
import { benchSecret } from "../load/signature.ts";
import type { Network } from "../network/networks.ts";
import type { OutsideProbes } from "../probes/outside.ts";
import type { Completed, Outcome, Phase } from "../result.ts";
import { durationOf } from "../run/expected-time.ts";
import type { ClientConditions, Load, Scenario } from "../scenarios/scenario.ts";
import { exemptionOf } from "./exemption.ts";
import { completedOutcome } from "./outcome.ts";
import { summariseRamp } from "./ramp-summary.ts";
import { TrialReadings } from "./readings.ts";
import { verify } from "./verify.ts";

export interface TrialOrder {
  readonly name: ServerName;
  readonly server: Server;
  readonly serverOptions?: Partial<ServerOptions>;
  readonly scenario: Scenario;
  readonly load: Load;
  readonly cores: Cores;
  readonly conditions: ClientConditions;
  readonly arrivals: Arrivals;
  readonly network: Network;
  readonly probes: OutsideProbes;
  /** Where subscribers are pages. */
  readonly browser?: KeptBrowser;
  /** Ends the trial at once, and every process of it. */
  readonly signal: AbortSignal;
  /** Called as each phase begins, with the processes that have been started by then. */
  onPhase?(phase: Phase, processes: readonly TrialProcess[]): void;
  /** Time it may take beyond its ramp, its warm-up and its measuring: whatever hangs then hangs for ever. */
  readonly patienceMs?: number;
}

export interface TrialProcess {
  readonly role: "server" | LoadRole;
  readonly pid: number;
}

/** As `patienceMs`, unless the order says otherwise. */
const usualPatienceMs = 90_000;

/** Runs one trial. A trial that fails is a result too: it says in which phase, and why. */
export async function runTrial(order: TrialOrder): Promise<Outcome> {
  const exempt = exemptionOf(order.load);
  if (exempt !== undefined) return { state: "exempt", reason: exempt };
  const { patienceMs = usualPatienceMs } = order;
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
    trial.forgetSignal();
  }
}

class RunningTrial {
  phase: Phase = "start";
  readonly #order: TrialOrder;
  readonly #signal: AbortSignal;
  readonly #load: TrialLoad;
  #launching: Promise<LaunchedServer> | undefined;
  readonly #over = new AbortController();
  #stopped = false;

  /** `signal` ends every process of the trial at once. */
  constructor(order: TrialOrder, signal: AbortSignal) {
    this.#order = order;
    this.#signal = signal;
    const { load, server, cores, conditions, arrivals, network, browser } = order;
    const { transport } = server;
    this.#load = new TrialLoad({
      ...{ load, transport, core: cores.load, conditions, arrivals, network },
      ...(browser === undefined ? {} : { browser }),
    });
    signal.addEventListener("abort", () => void this.stop(), { signal: this.#over.signal });
  }

  async run(): Promise<Completed> {
    const { name, serverOptions = {}, cores } = this.#order;
    const options = { ...serverOptions, webhookSecret: this.#webhookSecret };
    this.#begin("start");
    // A process that ends before it is told to ends the trial at once, in the phase in which it did.
    let died = (_reason: string): void => {};
    const casualty = new Promise<never>((_, reject) => {
      died = (reason) => {
        if (this.phase !== "stop") reject(new Error(reason));
      };
    });
    void this.#load.ended.then(died);
    const pinned = cores.server === undefined ? {} : { core: cores.server };
    this.#launching = launchServer(name, { server: options, ...pinned, signal: this.#signal });
    const work = this.#launching.then((launched) => {
      void launched.ended.then(died);
      return this.#runWith(launched);
    });
    return Promise.race([work, casualty]);
  }

  /** Ends every process of the trial that still runs. */
  async stop(): Promise<void> {
    this.#stopped = true;
    // A server that could not be launched has ended already, and `run` has said so.
    const server = await this.#launching?.catch(() => undefined);
    await Promise.all([this.#load.kill(), server?.kill()]);
  }

  /** Its time is up some day, when what it shares with the trials after it, such as the browser, is theirs. */
  forgetSignal(): void {
    this.#over.abort();
  }

  async #runWith(launched: LaunchedServer): Promise<Completed> {
    const { server, scenario, load, probes } = this.#order;
    await this.#load.reach(launched.endpoints);
    const readings = new TrialReadings(launched, probes);

    this.#begin("verify", launched);
    await readings.readUnloaded();
    await verify(await loadClient(server.transport), launched.endpoints, this.#webhookSecret);

    this.#begin("ramp", launched);
    const ramped = await this.#load.ramp(load.subscribers, load.rampMs);
    const ramp = await summariseRamp(ramped, load, launched.pid);
    if (ramp.connected < load.subscribers && !load.fewerWillDo) {
      throw new Error(`expected ${load.subscribers} subscribers, got ${ramp.connected}: ${ramp.limit}`);
    }

    this.#begin("warm-up", launched);
    await this.#load.run(load.warmUp);
    const late = await this.#load.drain();
    if (late > 0)
      throw new Error(`expected every event of the warm-up to arrive, but ${late} deliveries are missing`);
    await this.#load.awaitRandomMoment();
    await readings.readBefore(load.watchLoopDelay && server.ioModel === "event loop");
    await this.#load.reset();

    this.#begin("measure", launched);
    const startMs = performance.now();
    const traffic = await this.#load.run(load.measure);
    const durationMs = traffic.durationMs ?? performance.now() - startMs;

    this.#begin("drain", launched);
    const missing = await this.#load.drain();
    const read = await readings.readAfter();
    const received = await this.#load.collect();
    const { ioModel } = server;
    const outcome = completedOutcome(scenario, {
      ioModel,
      durationMs,
      ...read,
      traffic,
      ramp,
      received,
      missing,
    });

    this.#begin("stop", launched);
    // A page closes its connections, and would otherwise ask on.
    if (load.subscribersAre === "pages") await this.#load.kill();
    // The server first: one whose subscribers have vanished without a word waits for them.
    await launched.close();
    await this.#load.kill();
    return outcome;
  }

  /** Empty where webhooks are not signed. */
  get #webhookSecret(): string {
    return this.#order.load.signed ? benchSecret : "";
  }

  #begin(phase: Phase, launched?: LaunchedServer): void {
    if (this.#stopped) throw new Error("expected a trial that goes on, got one that was stopped");
    this.phase = phase;
    const server = launched === undefined ? [] : [{ role: "server" as const, pid: launched.pid }];
    this.#order.onPhase?.(phase, [...server, ...this.#load.processes]);
  }
}
