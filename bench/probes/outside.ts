import type { NamespaceEntry } from "../network/namespace.ts";
import { type LoopbackTraffic, readLoopbackTraffic } from "./loopback-traffic.ts";
import { readPss } from "./process-memory.ts";
import { attempt, type Reading } from "./reading.ts";
import { readSocketMemory, type SocketMemory } from "./socket-memory.ts";

/** Memory that a server takes, as far as this machine tells. */
export interface MemoryReading {
  readonly pssBytes?: number;
  readonly sockets?: SocketMemory;
}

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
      ...(this.#pss ? { pssBytes: await readPss(pid) } : {}),
      ...(this.#sockets ? { sockets: await readSocketMemory() } : {}),
    };
  }

  traffic(): LoopbackTraffic | undefined {
    return this.#traffic ? readLoopbackTraffic() : undefined;
  }
}
