import type { ProcessUsage } from "../../servers/contract.ts";
import type { LaunchedServer } from "../../servers/launch.ts";
import type { OutsideProbes } from "../probes/outside.ts";
import type { LoopbackTraffic, Measured, MemoryReading } from "../scenarios/scenario.ts";

interface Loaded {
  readonly memory: MemoryReading;
  readonly before: ProcessUsage;
  readonly loopback: LoopbackTraffic | undefined;
}

/** What the probes read of the server in the course of a trial, each step once and in this order. */
export class TrialReadings {
  readonly #server: LaunchedServer;
  readonly #probes: OutsideProbes;
  #unloaded: { readonly memory: MemoryReading; readonly usage: ProcessUsage } | undefined;
  #loaded: Loaded | undefined;

  constructor(server: LaunchedServer, probes: OutsideProbes) {
    this.#server = server;
    this.#probes = probes;
  }

  /** Before the first connection: threads that it starts are kept for the next ones. */
  async readUnloaded(): Promise<void> {
    const usage = (await this.#server.usage({ collectGarbage: true })).process;
    this.#unloaded = { usage, memory: await this.#probes.memory(this.#server.pid) };
  }

  /** Just before measuring. Memory first: it takes its time, which is not to count as the server's. */
  async readBefore(watchLoopDelay: boolean): Promise<void> {
    await this.#server.usage({ collectGarbage: true });
    const memory = await this.#probes.memory(this.#server.pid);
    const before = (await this.#server.usage({ watchLoopDelay })).process;
    this.#loaded = { memory, before, loopback: this.#probes.loopback() };
  }

  /** After measuring. */
  async readAfter(): Promise<Pick<Measured, "server" | "memory" | "loopback">> {
    if (this.#unloaded === undefined || this.#loaded === undefined)
      throw new Error("expected readings from before measuring, got none; read them first");
    const after = (await this.#server.usage()).process;
    return {
      server: { unloaded: this.#unloaded.usage, before: this.#loaded.before, after },
      memory: { unloaded: this.#unloaded.memory, loaded: this.#loaded.memory },
      loopback: growth(this.#loaded.loopback, this.#probes.loopback()),
    };
  }
}

function growth(
  before: LoopbackTraffic | undefined,
  after: LoopbackTraffic | undefined,
): LoopbackTraffic | undefined {
  if (before === undefined || after === undefined) return undefined;
  return { bytes: after.bytes - before.bytes, packets: after.packets - before.packets };
}
