import type { Client, Endpoints, Epoch, Transport as ServerTransport } from "../servers/contract.ts";
import { clients, loadClient } from "../servers/index.ts";
import { createApi } from "./api.ts";
import { guardedTransport } from "./attempt.ts";
import { systemClock } from "./clock.ts";
import { Feed } from "./feed.ts";
import { Guard } from "./guard.ts";
import { HubSubscribers } from "./hub-subscribers.ts";
import { messageFrom } from "./messages.ts";
import { systemResolve } from "./names.ts";
import { Registry } from "./registry.ts";
import { type Attempt, Sender } from "./sender.ts";
import { serveHttp } from "./serve-http.ts";
import { Store } from "./store.ts";

export interface DispatcherOptions {
  /** `http://host:port` of the server whose events are delivered. */
  readonly server: string;
  /** `tcp://host:port` of the same server, if its transport is raw TCP. */
  readonly serverTcp: string;
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** `http://host:port` by which others reach the dispatcher; "" where it listens. */
  readonly publicUrl: string;
  readonly token: string;
  readonly hub: boolean;
  /** Whether targets on this host's loopback are allowed, by http and on any port. */
  readonly allowLoopback: boolean;
  /** Before each attempt of a delivery, the first among them. Absent: those of Standard Webhooks. */
  readonly pausesMs?: readonly number[];
  log(line: string): void;
}

export interface Dispatcher {
  /** `http://host:port`: /subscriptions, /hub, /topics/:type. */
  readonly url: string;
  /** Resolves once it is subscribed to the server: whatever happens from then on is delivered. */
  readonly connected: Promise<void>;
  /** Resolves with the reason if its store has failed, so that it does nothing more and is to be closed. */
  readonly failed: Promise<unknown>;
  /** Breaks off what is under way, which is done again after the next start. */
  close(): Promise<void>;
}

/** Attempts under way at once. */
const concurrency = { total: 128, perTarget: 4 };

/** Longest that a server may take to say what it is. */
const learnTimeoutMs = 5_000;

/** Subscribes to one server and delivers its events to all who subscribed here. */
export async function startDispatcher(options: DispatcherOptions): Promise<Dispatcher> {
  const { log } = options;
  const clock = systemClock;
  const guard = new Guard({
    resolve: systemResolve,
    allowLoopback: options.allowLoopback,
    source: options.server,
  });
  const transport = guardedTransport(guard);
  const store = new Store(options.dataFolder);
  // Where it listens is known once it does, and by then it must be able to answer.
  let answer: ReturnType<typeof createApi> | undefined;
  const http = await serveHttp(options, (request) => {
    if (answer === undefined)
      throw new Error("expected requests once the dispatcher has started, got one before");
    return answer(request);
  }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const publicUrl = options.publicUrl || http.url;
  const sending = { publicUrl, origin: new URL(publicUrl).hostname };
  let onFailure: (error: unknown) => void = () => {};
  const failed = new Promise<unknown>((resolve) => {
    onFailure = resolve;
  });
  const sender: Sender = new Sender({
    store,
    clock,
    random: Math.random,
    ...(options.pausesMs && { pausesMs: options.pausesMs }),
    transport,
    sending,
    concurrency,
    onAttempt: (attempt) => log(lineOf(attempt)),
    onFailure,
  });
  const wake = (ids: Iterable<string>) => sender.wake(ids);
  const registering = { store, clock, guard, transport, sending, wake, log, onFailure };
  const registry = new Registry(registering);
  const hubSubscribers = new HubSubscribers(registering);
  answer = createApi({ ...options, store, registry, hubSubscribers, guard, clock, publicUrl });
  let onFirstConnected = () => {};
  const connected = new Promise<void>((resolve) => {
    onFirstConnected = resolve;
  });
  const taking = (take: () => void) => {
    try {
      take();
    } catch (error) {
      // After its next start it begins with this one: what comes after it must not move the cursor.
      feed.close();
      onFailure(error);
    }
  };
  const feed: Feed = new Feed({
    learn: async () => {
      const { epoch, ...server } = await learn(options);
      if (store.enterEpoch(epoch)) log(`${options.server} has begun anew: all that it has is new here`);
      return server;
    },
    clock,
    random: Math.random,
    cursor: () => store.cursor,
    onEvent: (event) =>
      taking(() => {
        // What was taken once is not taken again.
        if (event.id > (store.cursor ?? 0)) wake(store.enqueue(messageFrom(event), clock.now(), event.id));
      }),
    onGap: ({ after, next }) =>
      taking(() => {
        log(`events after ${after} and before ${next} are lost: the server no longer has them`);
        store.cursor = next - 1;
      }),
    onConnected: (cursor) => {
      store.cursor = cursor;
      log(`subscribed to ${options.server} from event ${cursor} on`);
      onFirstConnected();
    },
    onDisconnected: (reason) => log(`no events from ${options.server} for now: ${reason}`),
  });
  registry.start();
  sender.start();
  feed.start();
  return {
    url: http.url,
    connected,
    failed,
    async close() {
      feed.close();
      await Promise.all([registry.close(), hubSubscribers.close(), sender.close(), http.close()]);
      await store.close();
    },
  };
}

interface Learned {
  readonly client: Client;
  readonly endpoints: Endpoints;
  readonly epoch: Epoch;
}

/** Which client speaks to the server, where, and what its events are numbered by. */
async function learn({ server, serverTcp }: DispatcherOptions): Promise<Learned> {
  const response = await fetch(`${server}/server.json`, { signal: AbortSignal.timeout(learnTimeoutMs) });
  const about: unknown = response.ok ? await response.json() : undefined;
  const { transport, epoch }: { transport?: unknown; epoch?: unknown } = Object(about);
  if (!isTransport(transport) || typeof epoch !== "string")
    throw new Error(
      `expected ${server}/server.json to name a transport and an epoch, got status ${response.status}`,
    );
  const endpoints = serverTcp === "" ? { http: server } : { http: server, tcp: serverTcp };
  return { client: await loadClient(transport), endpoints, epoch };
}

function isTransport(value: unknown): value is ServerTransport {
  return typeof value === "string" && Object.hasOwn(clients, value);
}

function lineOf({ subscription, delivery, step, startedMs, endedMs }: Attempt): string {
  const attempt = `${delivery.message.id} (${delivery.message.type}) to ${subscription.id}, attempt ${delivery.attempts + 1}, ${endedMs - startedMs} ms`;
  switch (step.kind) {
    case "delivered":
      return `${attempt}: delivered`;
    case "gone":
      return `${attempt}: 410 Gone, the subscription is over`;
    case "retry":
      return `${attempt}: ${step.reason}; again at ${new Date(step.dueMs).toISOString()}`;
    case "exhausted":
      return `${attempt}: ${step.reason}; the subscription is disabled`;
  }
}
