import { projectFolder } from "../../cli/project.ts";
import type { ServerName } from "../../servers/index.ts";
import { type LaunchedServer, type LaunchOptions, launchServer } from "../../servers/launch.ts";
import type { Cores } from "../environment/cores.ts";
import { type LoadOrder, TrialLoad } from "../load/load.ts";
import { type LoadProcess, type Methods, startLoadProcess } from "../load/rpc.ts";
import { type Relays, type RelaysOrder, startRelays } from "../network/relay.ts";
import type { OutsideProbes } from "../probes/outside.ts";
import type { RunOptions } from "../run/options.ts";

export interface LabBenchOrder {
  readonly options: RunOptions;
  readonly cores: Cores;
  readonly probes: OutsideProbes;
  /** Of the trial; a lab seeds its chances with it, so that the arms of a block meet the same ones. */
  readonly block: number;
  /** Aborted when the trial has to end at once. */
  readonly signal: AbortSignal;
}

/** Which of the two cores a process is held to. */
export type Side = "server" | "load";

/**
 * What a lab is handed for one trial. Whatever it starts here is ended with the trial, however that ends, so that no
 * lab has to see to it.
 */
export class LabBench {
  readonly options: RunOptions;
  readonly cores: Cores;
  readonly probes: OutsideProbes;
  readonly block: number;
  readonly signal: AbortSignal;
  readonly #ends: (() => Promise<unknown>)[] = [];
  readonly #casualty: Promise<never>;
  #died = (_reason: string): void => {};
  #ending = false;

  constructor({ options, cores, probes, block, signal }: LabBenchOrder) {
    this.options = options;
    this.cores = cores;
    this.probes = probes;
    this.block = block;
    this.signal = signal;
    this.#casualty = new Promise((_, reject) => {
      this.#died = (reason) => {
        if (!this.#ending) reject(new Error(reason));
      };
    });
    // A trial that is over has nobody left to tell.
    this.#casualty.catch(() => {});
    const ended = () => this.#died("the trial was ended");
    signal.addEventListener("abort", ended);
    // A signal that came before, while the trial was prepared, is not told again.
    if (signal.aborted) ended();
  }

  /** The seed of this block's chances. */
  get seed(): number {
    return this.options.seed + this.block;
  }

  /** Rejects as soon as a process that is watched has ended by itself, or the trial has to end. */
  get casualty(): Promise<never> {
    return this.#casualty;
  }

  /**
   * Starts the compiled module `bench/labs/<module>` on one of the cores; it answers calls, as `serve` of
   * `load/rpc.ts` makes it. Its own end before that of the trial fails the trial.
   */
  start<M extends Methods>(module: string, side: Side, nodeOptions: readonly string[] = []): LoadProcess<M> {
    this.#goOn();
    const file = new URL(`dist/bench/labs/${module.replace(/\.ts$/, ".js")}`, projectFolder);
    const started = startLoadProcess<M>(file, module, this.cores[side], nodeOptions);
    this.endWithTrial(() => started.kill());
    this.watch(started.ended);
    return started;
  }

  /** Starts one of the servers on the server's core. */
  async launch(name: ServerName, options: Pick<LaunchOptions, "server"> = {}): Promise<LaunchedServer> {
    const { server: core } = this.cores;
    const pinned = core === undefined ? {} : { core };
    this.#goOn();
    const launching = launchServer(name, { ...options, ...pinned, signal: this.signal });
    this.#endOnceStarted(launching);
    const launched = await launching;
    this.watch(launched.ended);
    return launched;
  }

  /** The load of the server trials, on the load's core; it still has to be told where the server is, by `reach`. */
  load(order: Omit<LoadOrder, "core">): TrialLoad {
    this.#goOn();
    const load = new TrialLoad({ ...order, core: this.cores.load });
    this.endWithTrial(() => load.kill());
    this.watch(load.ended);
    return load;
  }

  /** Relays on the load's core, for a load that is the lab's own. */
  async relays(order: Omit<RelaysOrder, "core">): Promise<Relays> {
    const { load: core } = this.cores;
    this.#goOn();
    const starting = startRelays({ ...order, ...(core === undefined ? {} : { core }) });
    this.#endOnceStarted(starting);
    const relays = await starting;
    this.watch(relays.ended);
    return relays;
  }

  /** Fails the trial, unless it is over, when this says that a process has ended. */
  watch(ended: Promise<string>): void {
    void ended.then(this.#died);
  }

  /** Has this done when the trial is over; what was begun last is ended first. Throws when it is over already. */
  endWithTrial(end: () => Promise<unknown>): void {
    this.#goOn();
    this.#ends.push(end);
  }

  /** Ends all that was started. Rejects with the first thing that could not be ended, after all were tried. */
  async end(): Promise<void> {
    this.#ending = true;
    const ended = await Promise.allSettled(this.#ends.toReversed().map((end) => end()));
    for (const outcome of ended) if (outcome.status === "rejected") throw outcome.reason;
  }

  /** What does not come up has ended by itself, and whoever started it is told. */
  #endOnceStarted(starting: Promise<{ kill(): Promise<void> }>): void {
    this.endWithTrial(async () => {
      const started = await starting.catch(() => undefined);
      await started?.kill();
    });
  }

  /** A lab does not hear that its trial is over: it finds out when it starts the next thing. */
  #goOn(): void {
    if (this.#ending) throw new Error("expected a trial that goes on, got one that was ended");
  }
}
