/** The process of all but the proxy: the attacker's server and that of the targets, the page and its victims. */
import { type AddressInfo, createServer, type Server } from "node:net";
import type { Duplex } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import { serve } from "../../load/rpc.ts";
import { attack, Victim } from "./page.ts";
import { type ProtocolName, protocols } from "./protocols.ts";
import { targetHost } from "./scripts.ts";
import { serveAttacker, serveTarget } from "./servers.ts";
import { serverTls } from "./tls.ts";

/** Tries under way at once; each is about a host of its own. */
const atOnce = 8;

export interface AttackOrder {
  readonly protocol: ProtocolName;
  readonly tries: number;
  /** Where the proxy stands in the way to the attacker's server, and to the targets'. */
  readonly attackerPort: number;
  readonly targetPort: number;
}

export interface Attacked {
  /** Tries after which the victim got the attacker's script. */
  readonly poisoned: number;
  readonly durationMs: number;
}

/** Starts the attacker's server for a protocol, and the targets'; gives their ports, in this order. */
function listen({ protocol }: { protocol: ProtocolName }): Promise<number[]> {
  const attacker = protocols[protocol].tls
    ? createTlsServer({ ...serverTls, noDelay: true }, untilEnd(serveAttacker))
    : createServer({ noDelay: true }, untilEnd(serveAttacker));
  const target = createServer({ noDelay: true }, untilEnd(serveTarget));
  return Promise.all([attacker, target].map(portOf));
}

/** A connection that ends has nobody left to be told; the page at its other end says what it missed. */
function untilEnd(serveConnection: (stream: Duplex) => Promise<void>): (stream: Duplex) => void {
  return (stream) => {
    serveConnection(stream).catch(() => stream.destroy());
  };
}

function portOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen({ host: "127.0.0.1", port: 0, backlog: 512 }, () =>
      resolve((server.address() as AddressInfo).port),
    );
  });
}

async function attackAll({ protocol, tries, attackerPort, targetPort }: AttackOrder): Promise<Attacked> {
  const startMs = performance.now();
  let poisoned = 0;
  let next = 0;
  const attacker = async () => {
    const victim = new Victim(targetPort);
    while (next < tries) {
      const target = targetHost(next++);
      await attack(attackerPort, protocols[protocol], target);
      if ((await victim.ask(target)) === "attacker") poisoned++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, attacker));
  return { poisoned, durationMs: performance.now() - startMs };
}

const methods = { listen, attackAll };
export type OutsideMethods = typeof methods;
serve(methods);
