import { afterEach, describe, expect, it } from "vitest";
import { leanTcp } from "../../../../bench/load/lean/tcp.ts";
import { leanWs } from "../../../../bench/load/lean/ws.ts";
import { Publisher } from "../../../../conformance/publisher.ts";
import { eventually } from "../../../../conformance/wait.ts";
import type { ServerOptions } from "../../../../servers/contract.ts";
import { loadClient } from "../../../../servers/index.ts";
import { launchServer } from "../../../../servers/launch.ts";
import { record } from "./recording.ts";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const awkward = ["nul \u0000", "emoji 😀 é", "line\r\n\r\nline", "", { nested: [null, true, 1.5] }];
const large = [
  "x".repeat(63 * 1024),
  "é".repeat(31 * 1024),
  "😀".repeat(15 * 1024),
  "\u0000".repeat(10 * 1024),
];

describe.each([
  { name: "ws", lean: leanWs },
  { name: "tcp", lean: leanTcp },
] as const)("the lean client of $name", ({ name, lean }) => {
  async function start(server: Partial<ServerOptions> = {}) {
    const launched = await launchServer(name, { server });
    const publisher = new Publisher(launched.endpoints.http, 8);
    cleanUps.push(
      () => launched.kill(),
      () => publisher.close(),
    );
    return { launched, publisher, reference: await loadClient(name) };
  }

  it("sees the events that the users' client sees, in the same order", async () => {
    const { launched, publisher, reference } = await start();
    const users = await record(reference, launched.endpoints);
    const leans = [await record(lean, launched.endpoints), await record(lean, launched.endpoints)];
    for (const data of [...awkward, ...large]) await publisher.publish(data);
    // Faster than they are read, so that several come in one read.
    await publisher.publishMany(200, (index) => ({ index, awkward }));
    const last = await publisher.publish("last");
    await users.recorded.untilId(last);
    expect(users.recorded.told).toHaveLength(last);
    for (const { recorded, subscription } of leans) {
      await recorded.untilId(last);
      expect(recorded.told).toEqual(users.recorded.told);
      expect(subscription.cursor()).toBe(last);
      subscription.close();
    }
    users.subscription.close();
  });

  it("reads history from its cursor, more of it than one read holds", async () => {
    const { launched, publisher, reference } = await start();
    for (const data of [...large, ...awkward]) await publisher.publish(data);
    const last = await publisher.publish("last");
    const [users, leans] = [
      await record(reference, launched.endpoints, 1),
      await record(lean, launched.endpoints, 1),
    ];
    for (const { recorded } of [users, leans]) await recorded.untilId(last);
    expect(leans.recorded.told).toHaveLength(last - 1);
    expect(leans.recorded.told).toEqual(users.recorded.told);
  });

  it("is told of a gap as the users' client is", async () => {
    const { launched, publisher, reference } = await start({ historyEvents: 5 });
    await publisher.publishMany(10);
    const users = await record(reference, launched.endpoints, 2);
    const leans = await record(lean, launched.endpoints, 2);
    for (const { recorded } of [users, leans]) await recorded.untilId(10);
    expect(leans.recorded.told[0]).toEqual({ gap: { after: 2, next: 6 } });
    expect(leans.recorded.told).toEqual(users.recorded.told);
    expect(leans.subscription.cursor()).toBe(10);
  });

  it("is told why the server ends it", async () => {
    const { launched, reference } = await start();
    const users = await record(reference, launched.endpoints);
    const leans = await record(lean, launched.endpoints);
    await launched.close();
    for (const { recorded } of [users, leans]) {
      await recorded.untilEnd();
      expect(recorded.told).toEqual([{ end: "server closing" }]);
    }
  });

  it("is told that the server is gone as the users' client is", async () => {
    const { launched, reference } = await start();
    const users = await record(reference, launched.endpoints);
    const leans = await record(lean, launched.endpoints);
    await launched.kill();
    for (const { recorded } of [users, leans]) await recorded.untilEnd();
    expect(leans.recorded.told).toEqual(users.recorded.told);
  });

  it("leaves the server when it closes, and says nothing of it", async () => {
    const { launched } = await start();
    const { recorded, subscription } = await record(lean, launched.endpoints);
    expect((await launched.usage()).server.connections).toBe(1);
    subscription.close();
    const usage = async () => (await launched.usage()).server.connections;
    await eventually(10_000, "the connection to be gone", usage, (connections) => connections === 0);
    expect(recorded.told).toEqual([]);
  });

  it("rejects when nobody listens", async () => {
    const { launched } = await start();
    await launched.kill();
    await expect(record(lean, launched.endpoints)).rejects.toThrow(
      /expected the server's hello, got: .*ECONNREFUSED/,
    );
  });
});
