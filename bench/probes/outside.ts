import type { NamespaceEntry } from "../network/namespace.ts";
import type { LoopbackTraffic, MemoryReading } from "../scenarios/scenario.ts";
import { readLoopbackTraffic } from "./loopback-traffic.ts";
import { readPss } from "./process-memory.ts";
import { attempt, type Reading } from "./reading.ts";
import { readSocketMemory } from "./socket-memory.ts";

/** What can be read of a server without asking it. Linux has it, elsewhere each says why there is nothing. */
export class OutsideProbes {
  /** By probe, why there is no reading on this machine. */
  readonly unavailable: Readonly<Record<string, string>>;
  readonly #pss: boolean;
  readonly #sockets: boolean;
  readonly #traffic: boolean;

  private constructor(tried: Readonly<Record<"pss" | "sockets" | "traffic", Reading<unknown>>>) {
    this.#pss = "value" in tried.pss;
    this.#sockets = "value" in tried.sockets;
    this.#traffic = "value" in tried.traffic;
    const names = {
      PSS: tried.pss,
      "kernel memory of sockets": tried.sockets,
      "IP bytes and packets": tried.traffic,
    };
    this.unavailable = Object.fromEntries(
      Object.entries(names).flatMap(([name, reading]) =>
        "value" in reading ? [] : [[name, reading.unavailable]],
      ),
    );
  }

  /** Tries every probe once. */
  static async find(namespace: NamespaceEntry): Promise<OutsideProbes> {
    const ofOwnNetwork = <Value>(read: () => Value | Promise<Value>) =>
      namespace.entered ? attempt(read) : { unavailable: namespace.reason };
    return new OutsideProbes({
      pss: await attempt(() => readPss(process.pid)),
      sockets: await ofOwnNetwork(readSocketMemory),
      traffic: await ofOwnNetwork(readLoopbackTraffic),
    });
  }

  /** Takes up to a few hundred milliseconds of the load's core where there are many connections. */
  async memory(pid: number): Promise<MemoryReading> {
    return {
      pssBytes: this.#pss ? await readPss(pid) : undefined,
      sockets: this.#sockets ? await readSocketMemory() : undefined,
    };
  }

  loopback(): LoopbackTraffic | undefined {
    return this.#traffic ? readLoopbackTraffic() : undefined;
  }
}
