import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { seededRandom } from "../../bench/stats/random.ts";
import type { Transport } from "../../dispatch/attempt.ts";
import type { Clock } from "../../dispatch/clock.ts";
import { HubSubscribers } from "../../dispatch/hub-subscribers.ts";
import { Registry } from "../../dispatch/registry.ts";
import { type Attempt, Sender } from "../../dispatch/sender.ts";
import { Store } from "../../dispatch/store.ts";
import type { Message } from "../../dispatch/subscriptions.ts";
import type { Network } from "./network.ts";

export const sending = { publicUrl: "https://dispatch.example", origin: "dispatch.example" };

/** A folder that is gone after the test; in memory where there is a place for it, for no test survives its machine. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "dispatch-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

let messages = 0;

export function messageOfType(type: string, at: number, data: unknown = {}): Message {
  messages++;
  return { id: `msg_${messages}`, type, at, data };
}

export interface Dispatching {
  readonly store: Store;
  readonly sender: Sender;
  readonly registry: Registry;
  readonly hubSubscribers: HubSubscribers;
  readonly attempts: Attempt[];
  readonly failures: unknown[];
  /** Takes a message as if an event had come. */
  take(message: Message, cursor?: number): void;
  /** Ends it as a lost process does: nothing that is under way comes to an end, and nothing more is begun. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

/** The dispatcher without its server and its own listener: on a virtual clock and a network in memory. */
export function dispatch(
  folder: string,
  clock: Clock,
  network: Network,
  { seed = 1, total = 1_000, perTarget = 1_000 } = {},
): Dispatching {
  let alive = true;
  const mortal: Clock = {
    now: () => clock.now(),
    after: (ms, then) =>
      clock.after(ms, () => {
        if (alive) then();
      }),
  };
  const transport: Transport = async (ask, signal) => {
    const given = await network.transport(ask, signal).then(
      (answer) => () => answer,
      (error: unknown) => () => {
        throw error;
      },
    );
    return alive ? given() : new Promise(() => {});
  };
  const store = new Store(folder);
  const failures: unknown[] = [];
  // After a crash the store is closed to what had been begun.
  const onFailure = (error: unknown) => alive && failures.push(error);
  const attempts: Attempt[] = [];
  const random = seededRandom(seed);
  const sender = new Sender({
    store,
    clock: mortal,
    random,
    transport,
    sending,
    concurrency: { total, perTarget },
    onAttempt: (attempt) => attempts.push(attempt),
    onFailure,
  });
  const registering = {
    ...{ store, clock: mortal, guard: network.guard, transport, sending, onFailure },
    wake: (ids: Iterable<string>) => sender.wake(ids),
    log: () => {},
  };
  const registry = new Registry(registering);
  const hubSubscribers = new HubSubscribers(registering);
  registry.start();
  sender.start();
  return {
    store,
    sender,
    registry,
    hubSubscribers,
    attempts,
    failures,
    take: (message, cursor) => sender.wake(store.enqueue(message, clock.now(), cursor)),
    async crash() {
      alive = false;
      await store.close();
    },
    async close() {
      await Promise.all([sender.close(), registry.close(), hubSubscribers.close()]);
      await store.close();
    },
  };
}
