/** A load process with the subscribers to whom things happen: two go away and come back, one falls silent. */
import { setTimeout } from "node:timers/promises";
import type { Endpoints, Transport } from "../../../servers/contract.ts";
import { loadClient } from "../../../servers/index.ts";
import { nowMs } from "../../load/clock.ts";
import { serve } from "../../load/rpc.ts";
import { countUtilisation } from "../../load/utilisation.ts";
import { BlackHole } from "./black-hole.ts";
import { publish } from "./publish.ts";
import { type Returned, ReturningSubscriber } from "./returning-subscriber.ts";

interface Manners {
  readonly transport: Transport;
  readonly pollMs: number;
  readonly waitSeconds: number;
}

export interface ArriveOrder extends Manners {
  readonly endpoints: Endpoints;
}

export interface SilenceOrder extends Manners {
  readonly endpoints: Endpoints;
  /** Time in which the subscriber is heard before it falls silent. */
  readonly heardMs: number;
  /** Time in which its silence can be noticed. */
  readonly patienceMs: number;
}

/** How long after the way went dead each end gave up the connection; absent: not while there was patience. */
export interface Silence {
  readonly serverKnewMs?: number;
  readonly clientKnewMs?: number;
}

let bare: ReturningSubscriber | undefined;
let withCursor: ReturningSubscriber | undefined;
let utilisation = countUtilisation();

/** Connects the two that will go away. */
async function arrive({ transport, ...order }: ArriveOrder): Promise<void> {
  const client = await loadClient(transport);
  bare = new ReturningSubscriber({ client, ...order, keepsCursor: false });
  withCursor = new ReturningSubscriber({ client, ...order, keepsCursor: true });
  await Promise.all([bare.subscribe(), withCursor.subscribe()]);
}

/** What came of the two. */
export interface Account {
  readonly bare: Returned;
  readonly withCursor: Returned;
  /** Of this process, CPU over wall time, since they were told to leave. */
  readonly utilisation: number;
}

/** Lets both go away, after some time, for some time. */
async function leave({ afterMs, awayMs }: { afterMs: number; awayMs: number }): Promise<void> {
  utilisation = countUtilisation();
  await setTimeout(afterMs);
  await Promise.all(both().map((subscriber) => subscriber.leaveFor(awayMs)));
}

/** Has one last event sent, and waits until both have it; gives what they had until then. */
async function account(http: string): Promise<Account> {
  const last = await publish(http, "last");
  const [one, other] = both();
  const [ofBare, ofCursor] = await Promise.all([one.until(last), other.until(last)]);
  for (const subscriber of [one, other]) subscriber.close();
  return { bare: ofBare, withCursor: ofCursor, utilisation: utilisation() };
}

function both(): [ReturningSubscriber, ReturningSubscriber] {
  if (bare === undefined || withCursor === undefined)
    throw new Error("expected subscribers that have arrived, got none");
  return [bare, withCursor];
}

/** Subscribes by a way that then goes dead, and waits until both ends have noticed, or patience is over. */
async function fallSilent(order: SilenceOrder): Promise<Silence> {
  const { transport, endpoints, pollMs, waitSeconds, heardMs, patienceMs } = order;
  const { hole, url } = await BlackHole.before(transport === "tcp" ? (endpoints.tcp ?? "") : endpoints.http);
  const through = transport === "tcp" ? { ...endpoints, tcp: url } : { ...endpoints, http: url };
  const client = await loadClient(transport);
  let ended = (_atMs: number) => {};
  const clientLeftAtMs = new Promise<number>((resolve) => {
    ended = resolve;
  });
  const subscription = await client.subscribe(through, {
    pollMs,
    waitSeconds,
    onEvent: () => {},
    onEnd: () => ended(nowMs()),
  });
  await setTimeout(heardMs);
  hole.swallow();
  const silentAtMs = nowMs();
  // So that the server has something to say, and not only to hear.
  await publish(endpoints.http, "unheard");
  const over = setTimeout(patienceMs);
  const within = (atMs: Promise<number>) => Promise.race([atMs, over.then(() => undefined)]);
  const [server, known] = await Promise.all([within(hole.serverLeftAtMs), within(clientLeftAtMs)]);
  subscription.close();
  hole.close();
  return {
    ...(server === undefined ? {} : { serverKnewMs: server - silentAtMs }),
    ...(known === undefined ? {} : { clientKnewMs: known - silentAtMs }),
  };
}

const methods = { arrive, leave, account, fallSilent };
export type SubscriberMethods = typeof methods;
serve(methods);
