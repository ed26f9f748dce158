import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { Store } from "../../dispatch/store.ts";
import type { Subscription } from "../../dispatch/subscriptions.ts";
import { messageOfType, temporaryFolder } from "./dispatching.ts";

it("keeps a message once, however many are sent it, and no longer than it is referred to", async () => {
  const { store, folder } = await opened();
  const before = await sizeOf(folder);
  for (let number = 0; number < 100; number++) store.keep(subscription(`sub_${number}`));
  store.enqueue(messageOfType("no type of a topic", 1, "x".repeat(60_000)), 1);
  expect((await sizeOf(folder)) - before).toBeLessThan(1_000_000);
  const delivery = store.next("sub_0", new Set());
  expect(delivery?.message.data).toHaveLength(60_000);
  if (delivery) store.settle(delivery, { kind: "delivered" }, 2);
  for (let number = 1; number < 100; number++) {
    expect(store.next(`sub_${number}`, new Set())?.message).toEqual(delivery?.message);
    store.remove(`sub_${number}`);
  }
  // What it took is taken by what comes after it.
  const full = await sizeOf(folder);
  for (let more = 0; more < 20; more++) {
    store.enqueue(messageOfType("no type of a topic", 1, "x".repeat(60_000)), 1);
    const next = store.next("sub_0", new Set());
    if (next) store.settle(next, { kind: "delivered" }, 2);
  }
  expect((await sizeOf(folder)) - full).toBeLessThan(500_000);
});

it("keeps the newest messages of all types for those who read them", async () => {
  const { store } = await opened();
  for (let number = 1; number <= 3; number++) store.enqueue(messageOfType("hook.old", number), 1);
  expect(store.recent("hook.old", 2).map(({ at }) => at)).toEqual([3, 2]);
  expect(store.recent("hook", 9)).toEqual([]);
  for (let number = 4; number <= 1_002; number++) store.enqueue(messageOfType("hook.new", number), 1);
  expect(store.recent("hook.old", 9).map(({ at }) => at)).toEqual([3]);
  expect(store.recent("hook.new", 9)[0]?.at).toBe(1_002);
});

it("tells once of the end of each, though one end meets another", async () => {
  const { store } = await opened();
  for (const id of ["sub_a", "sub_b"]) store.keep(subscription(id));
  for (let number = 0; number <= 100; number++) store.enqueue(messageOfType("hook.a", 1), 1);
  const ended = store.recent("dispatch.ended", 9).map(({ data }) => data);
  expect(ended).toHaveLength(2);
  expect(ended).toMatchObject([{ subscription: "sub_b" }, { subscription: "sub_a" }]);
});

it("is for one process, and for its owner alone", async () => {
  const folder = join(await temporaryFolder(), "of", "its own");
  const store = new Store(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(() => new Store(folder)).toThrow(`one that process ${process.pid} uses`);
  await store.close();
  await new Store(folder).close();
});

it("leaves a file alone that is not its own", async () => {
  const folder = await temporaryFolder();
  await mkdir(folder, { recursive: true });
  const file = join(folder, "data.mdb");
  await writeFile(file, "notes".repeat(2_000));
  expect(() => new Store(folder)).toThrow(`expected ${file} to be of LMDB, got "another kind of file"`);
  expect(await readFile(file, "utf8")).toHaveLength(10_000);
});

async function opened() {
  const folder = await temporaryFolder();
  const store = new Store(folder);
  onTestFinished(() => store.close());
  return { store, folder };
}

async function sizeOf(folder: string): Promise<number> {
  return (await stat(join(folder, "data.mdb"))).size;
}

/** One of the hub's, to all events: whatever is kept for it is forgotten with it. */
function subscription(id: string): Subscription {
  return {
    ...{
      id,
      targetUrl: `https://${id.replace("_", "-")}.example/`,
      events: ["*"],
      format: "websub",
      state: "active",
    },
    ...{ reason: "", secret: "", token: "", perMinute: 0, createdMs: 0, expiresMs: undefined },
  };
}
