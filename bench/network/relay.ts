import { projectFolder } from "../../cli/project.ts";
import type { Endpoints } from "../../servers/contract.ts";
import { type LoadProcess, startLoadProcess } from "../load/rpc.ts";
import type { Link, Network } from "./networks.ts";
import type { RelayMethods, RelayUse } from "./relay-process.ts";

export interface RelaysOrder {
  readonly network: Network;
  /** Where the server is. */
  readonly endpoints: Endpoints;
  /** Load processes. Each gets a relay, and so a link, of its own: one relay carries what one of them holds. */
  readonly count: number;
  /** The core the relays are held to; absent: any. */
  readonly core?: number;
}

/** The relays between the load processes and the server. Without a link there are none. */
export interface Relays {
  /** What each load process uses in place of the server's endpoints. */
  readonly endpoints: readonly Endpoints[];
  readonly pids: readonly number[];
  /** Resolves with a sentence when the first of the relays has ended; never without one. */
  readonly ended: Promise<string>;
  /** What each relay did since the last reset. */
  collect(): Promise<RelayUse[]>;
  reset(): Promise<void>;
  /** Ends the relays at once; connections that they carry are cut. */
  kill(): Promise<void>;
}

/** The part of a core that a relay needs: while it waits for what is soon due, others may have it. */
export function relayBusy({ utilisation, waiting }: RelayUse): number {
  return Math.max(0, utilisation - waiting);
}

/**
 * Addresses that one relay connects from. Each has 28,000 ports, and each port rests for a minute after its connection:
 * these are enough for a relay that is full, and 1,800 new connections a second beside.
 */
const addressesPerRelay = 4;

/** The compiled module: what is measured runs built JavaScript, also when this file does not. */
const processFile = new URL("dist/bench/network/relay-process.js", projectFolder);

/** Starts the relays of a network. Rejects when one of them does not come up, and leaves none behind. */
export async function startRelays({ network, endpoints, count, core }: RelaysOrder): Promise<Relays> {
  const { link } = network;
  if (link === undefined) {
    const direct = Array.from({ length: count }, () => endpoints);
    return {
      endpoints: direct,
      pids: [],
      ended: new Promise(() => {}),
      collect: async () => [],
      reset: async () => {},
      kill: async () => {},
    };
  }
  const relays = Array.from({ length: count }, () => startRelay(core));
  const kill = async () => {
    await Promise.all(relays.map((relay) => relay.kill()));
  };
  try {
    const replaced = await Promise.all(relays.map((relay, index) => forward(relay, endpoints, link, index)));
    return {
      endpoints: replaced,
      pids: relays.flatMap(({ pid }) => (pid === undefined ? [] : [pid])),
      ended: Promise.race(relays.map(({ ended }) => ended)),
      collect: () => Promise.all(relays.map((relay) => relay.call("collect", undefined))),
      reset: async () => {
        await Promise.all(relays.map((relay) => relay.call("reset", undefined)));
      },
      kill,
    };
  } catch (error) {
    await kill();
    throw error;
  }
}

function startRelay(core: number | undefined): LoadProcess<RelayMethods> {
  return startLoadProcess<RelayMethods>(processFile, "relay", core);
}

function forward(relay: LoadProcess<RelayMethods>, endpoints: Endpoints, link: Link, index: number) {
  return relay.call("forward", { endpoints, link, localAddresses: sourceAddresses(index) });
}

/** Source addresses of one relay, none of which another has; Linux answers all of 127/8. */
function sourceAddresses(relay: number): string[] {
  if (process.platform !== "linux") return [];
  return Array.from({ length: addressesPerRelay }, (_, index) => `127.0.${128 + relay}.${index + 1}`);
}
