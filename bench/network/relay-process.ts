/** The process of one relay: carries the connections of one load process to the server over a link. */
import { once } from "node:events";
import { type AddressInfo, createServer, isIPv4 } from "node:net";
import type { Endpoints } from "../../servers/contract.ts";
import { openFilesLimit } from "../environment/open-files.ts";
import { nowMs } from "../load/clock.ts";
import { serve } from "../load/rpc.ts";
import { type Carrier, carryConnection } from "./carried-connection.ts";
import { DelayedLink } from "./delayed-link.ts";
import { bandwidthDelayBytes, type Link } from "./networks.ts";

export interface ForwardOrder {
  /** Where the server is. */
  readonly endpoints: Endpoints;
  /** One for all connections of this relay, in each direction. */
  readonly link: Link;
  /** Source addresses of the connections to the server, in turn; empty: the system's choice. */
  readonly localAddresses: readonly string[];
}

/** What a relay did since the last reset. */
export interface RelayUse {
  /** CPU over wall time. */
  readonly utilisation: number;
  /** The part of it that was spent waiting for what was soon due, with nothing to carry; other processes may have had it. */
  readonly waiting: number;
  /** Connections carried now. */
  readonly connections: number;
  readonly bytesToServer: number;
  readonly bytesToClient: number;
  /** How long after its due time a chunk, set-up or end was passed on; absent when there was none. */
  readonly lateness?: { readonly medianMs: number; readonly p99Ms: number; readonly maxMs: number };
  /** Connections that could not be carried, by reason. */
  readonly failures: Readonly<Record<string, number>>;
  readonly rssBytes: number;
}

/** Connections the kernel may hold until they are accepted: as many as the servers let it. */
const listenBacklog = 4096;

/** Less would make each chunk wait for the one before it, even where the product is tiny. */
const minWindowBytes = 256 * 1024;

/** Of the files that this process may open, those that are not sockets of connections. */
const otherFiles = 100;

let link: DelayedLink | undefined;
let sockets = 0;
let accepted = 0;
let failures: Record<string, number> = {};
let resetAt = { wallMs: nowMs(), cpu: process.cpuUsage(), turningMs: 0 };

/** Opens a listener for each endpoint; gives those to use in their place. */
async function forward(order: ForwardOrder): Promise<Endpoints> {
  if (link !== undefined)
    throw new Error("expected one order to forward, got another: start a further relay");
  link = new DelayedLink(order.link);
  const limit = (await openFilesLimit("self")) ?? Number.POSITIVE_INFINITY;
  const carrier: Carrier = {
    link,
    windowBytes: Math.max(minWindowBytes, bandwidthDelayBytes(order.link)),
    onFailure: fail,
    onClose: () => sockets--,
  };
  const listen = (url: string) => openListener(url, carrier, limit - otherFiles, order.localAddresses);
  const { http, tcp } = order.endpoints;
  return { http: await listen(http), ...(tcp === undefined ? {} : { tcp: await listen(tcp) }) };
}

/** Carries each connection that comes to where `url` leads; gives the same URL with the listener's host and port. */
async function openListener(
  url: string,
  carrier: Carrier,
  maxSockets: number,
  localAddresses: readonly string[],
): Promise<string> {
  const { protocol, hostname, port } = new URL(url);
  if (!isIPv4(hostname) || port === "")
    throw new Error(
      `expected an endpoint with an IPv4 address and a port, such as http://127.0.0.1:80; got ${url}`,
    );
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true }, (socket) => {
    if (sockets + 2 > maxSockets) {
      fail(`more than the ${Math.floor(maxSockets / 2)} connections that one relay can carry`);
      socket.resetAndDestroy();
      return;
    }
    sockets += 2;
    const localAddress = localAddresses[accepted++ % localAddresses.length];
    const from = localAddress === undefined ? {} : { localAddress };
    carryConnection(socket, { host: hostname, port: Number(port), ...from }, carrier);
  });
  server.listen({ host: "127.0.0.1", port: 0, backlog: listenBacklog });
  await once(server, "listening");
  return `${protocol}//127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function fail(reason: string): void {
  failures[reason] = (failures[reason] ?? 0) + 1;
}

function reset(): void {
  link?.reset();
  failures = {};
  resetAt = { wallMs: nowMs(), cpu: process.cpuUsage(), turningMs: link?.turningMs ?? 0 };
}

function collect(): RelayUse {
  if (link === undefined) throw new Error("expected a relay that forwards, got one without an order");
  const { user, system } = process.cpuUsage(resetAt.cpu);
  const wallMs = nowMs() - resetAt.wallMs;
  const medianMs = link.lateness.percentileMs(50);
  const p99Ms = link.lateness.percentileMs(99);
  const maxMs = link.lateness.percentileMs(100);
  const late = medianMs !== undefined && p99Ms !== undefined && maxMs !== undefined;
  return {
    utilisation: (user + system) / 1_000 / wallMs,
    waiting: (link.turningMs - resetAt.turningMs) / wallMs,
    connections: sockets / 2,
    bytesToServer: link.bytes.toServer,
    bytesToClient: link.bytes.toClient,
    ...(late ? { lateness: { medianMs, p99Ms, maxMs } } : {}),
    failures,
    rssBytes: process.memoryUsage.rss(),
  };
}

const methods = { forward, reset, collect };
export type RelayMethods = typeof methods;
serve(methods);
