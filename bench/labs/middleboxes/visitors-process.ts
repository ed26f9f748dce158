/**
 * The process of the visitors, each of which tries to have events through a box, and of what lies on their way. They would
 * share a core anyway, and a process that need not start is time for the next box.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Client, Endpoints } from "../../../servers/contract.ts";
import { loadClient } from "../../../servers/index.ts";
import { nowMs } from "../../load/clock.ts";
import type { Counts } from "../../load/counts.ts";
import { serve } from "../../load/rpc.ts";
import { verify } from "../../trial/verify.ts";
import { socketIoClient } from "./socketio-client.ts";
import { type Seen, Visit } from "./visit.ts";
import { endpointsFor, type LabServer, type VisitorName, visitors } from "./visitors.ts";
import type { Waits } from "./waits.ts";
import { type NetworkOrder, openNetwork } from "./way-through.ts";

export interface VisitOrder extends Waits, NetworkOrder {
  /** The servers with nothing in between. */
  readonly servers: Readonly<Record<LabServer, Endpoints>>;
}

export interface VisitReport {
  readonly seen: Readonly<Record<string, Seen>>;
  /** What the box did beyond passing on. */
  readonly deeds: Counts;
  /** CPU over wall time of this process from the first connection on. */
  readonly utilisation: number;
}

/** Connecting takes this process a millisecond or two each time; at once, they would wait for each other. */
const apartMs = 5;

/** Has everybody subscribe one after the other, and wait for an event that is there already, then for one that comes later. */
async function visit(order: VisitOrder): Promise<VisitReport> {
  const network = await openNetwork(order);
  const guests = await Promise.all(
    visitors.map(async (visitor) => {
      const [client, direct] = [await clientOf(visitor.name, order), order.servers[visitor.server]];
      return { name: visitor.name, client, direct, through: endpointsFor(visitor, network.entrances) };
    }),
  );
  // Once without the box: all code has run, every server has an event, and what fails from here on is the box's doing.
  await Promise.all(guests.map(({ client, direct }) => verify(client, direct)));
  const [startMs, cpu] = [nowMs(), process.cpuUsage()];
  const visits: { readonly name: VisitorName; readonly visit: Visit }[] = [];
  for (const { name, client, through } of guests) {
    visits.push({ name, visit: new Visit(client, through, order) });
    await pause(apartMs);
  }
  await Promise.all(visits.map(({ visit }) => visit.first()));
  await pause(order.quietMs);
  await Promise.all([...new Set(guests.map(({ direct }) => direct.http))].map(publishLater));
  const seen = visits.map(async ({ name, visit }) => [name, await visit.later()] as const);
  const report = Object.fromEntries(await Promise.all(seen));
  const { user, system } = process.cpuUsage(cpu);
  return { seen: report, deeds: network.deeds, utilisation: (user + system) / 1_000 / (nowMs() - startMs) };
}

async function clientOf(name: VisitorName, waits: Waits): Promise<Client> {
  switch (name) {
    case "socketio":
      return socketIoClient({ ...waits, transports: ["polling", "websocket"] });
    case "websocketFirst":
      return socketIoClient({ ...waits, transports: ["websocket", "polling"] });
    case "socketioPolling":
      return socketIoClient({ ...waits, transports: ["polling"] });
    case "tcpOnHttpPort":
      return loadClient("tcp");
    case "unhinderedWs":
      return loadClient("ws");
    default:
      return loadClient(name);
  }
}

/** Sends the webhook of the later event, past the box. */
async function publishLater(http: string): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const { status } = await fetch(`${http}/hooks/later`, { method: "POST", headers, body: "{}" });
  if (status !== 202) throw new Error(`expected the webhook to be answered 202, got ${status}`);
}

const methods = { visit };
export type VisitorsMethods = typeof methods;
serve(methods);
