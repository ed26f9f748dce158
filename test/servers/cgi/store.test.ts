import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openStore, publishTo, readFrom, type Store, StoreFailed } from "../../../servers/cgi/store.ts";
import { History } from "../../../servers/service/history.ts";
import { Journal } from "../../../servers/service/journal.ts";
import { createKeyRings } from "../../../servers/service/keys.ts";
import { RateLimit } from "../../../servers/service/rate-limit.ts";
import { Switchboard } from "../../../servers/service/switchboard.ts";

let store: Store;
beforeEach(async () => {
  const switchboard = new Switchboard(new History({ events: 100, bytes: 2_000_000 }), () => 1_000);
  store = await openStore(switchboard, new RateLimit(20));
});
afterEach(() => store.close());

it("numbers what programs publish, and hands it to others", async () => {
  expect(await publishTo(store.path, [{ type: "hook.a", data: 1 }])).toEqual({ ids: [1] });
  expect(await publishTo(store.path, [{ type: "hook.b", data: "é\n" }])).toEqual({ ids: [2] });
  expect(JSON.parse((await readFrom(store.path, 1)).toString())).toEqual({
    events: [{ id: 2, type: "hook.b", at: 1_000, data: "é\n" }],
    last: 2,
  });
  expect(JSON.parse((await readFrom(store.path, undefined)).toString())).toEqual({ events: [], last: 2 });
});

it("publishes nothing beyond its limit, and says when to come again", async () => {
  const events = Array.from({ length: 2_000 }, () => ({ type: "hook.a", data: 1 }));
  expect(await publishTo(store.path, events)).toHaveProperty("ids.length", 2_000);
  const { retryAfterSeconds } = Object(await publishTo(store.path, events.slice(0, 1)));
  expect(retryAfterSeconds).toBeGreaterThan(60);
  expect(JSON.parse((await readFrom(store.path, undefined)).toString()).last).toBe(2_000);
});

it("survives programs that end before they have asked, or have their answer", async () => {
  const events = Array.from({ length: 20 }, () => ({ type: "hook.a", data: "x".repeat(60_000) }));
  await publishTo(store.path, events);
  const question = `${JSON.stringify({ read: 0 })}\n`;
  for (let asked = 0; asked <= question.length; asked++) {
    const socket = connect(store.path);
    await once(socket, "connect");
    socket.end(question.slice(0, asked), () => socket.destroy());
    await once(socket, "close");
  }
  expect(JSON.parse((await readFrom(store.path, 19)).toString()).last).toBe(20);
});

it("survives an event that cannot be kept, of which its program learns", async () => {
  const history = new History({ events: 100, bytes: 2_000_000 });
  const journal = new Journal("/there/is/no/such/folder");
  const switchboard = new Switchboard(history, () => 1_000, createKeyRings(10), journal);
  const broken = await openStore(switchboard, new RateLimit(0));
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  await expect(publishTo(broken.path, [{ type: "hook.a", data: 1 }])).rejects.toThrow(StoreFailed);
  expect(log).toHaveBeenCalledOnce();
  expect(JSON.parse((await readFrom(broken.path, 0)).toString())).toEqual({ events: [], last: 0 });
  log.mockRestore();
  await broken.close();
});
