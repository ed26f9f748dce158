import { afterEach, beforeEach, expect, it } from "vitest";
import { leanTcp } from "../../../../bench/load/lean/tcp.ts";
import { Recording } from "./recording.ts";
import { ScriptedServer } from "./scripted-server.ts";

let server: ScriptedServer;
beforeEach(async () => {
  server = await ScriptedServer.start();
});
afterEach(() => server.close());

const hello = '{"hello":{"cursor":4}}\0';
const event = (id: number, data: unknown = null) => JSON.stringify({ id, type: "hook.x", at: 1, data });

function subscribe(after?: number) {
  const recorded = new Recording(after);
  const endpoints = { http: "http://unused", tcp: `tcp://127.0.0.1:${server.port}` };
  return { recorded, subscribed: leanTcp.subscribe(endpoints, recorded) };
}

it("says its cursor", async () => {
  const { subscribed } = subscribe(3);
  const said = await server.received("the cursor", (bytes) => bytes.includes(0));
  expect(said.toString()).toBe('{"after":3}\0');
  await server.send(hello);
  expect((await subscribed).cursor()).toBe(4);
});

it("reads messages that are split anywhere, and several at once", async () => {
  const { recorded } = subscribe();
  const bytes = Buffer.from(`${event(5, "😀")}\0`);
  const inEmoji = bytes.indexOf(0xf0) + 2;
  await server.send(hello.slice(0, 5), hello.slice(5), bytes.subarray(0, inEmoji), bytes.subarray(inEmoji));
  await server.send(`${event(6)}\0${event(7)}\0{"id":`, `8}\0`);
  await recorded.untilId(8);
  expect(recorded.told).toEqual([
    { id: 5, type: "hook.x", at: 1, data: "😀" },
    { id: 6, type: "hook.x", at: 1, data: null },
    { id: 7, type: "hook.x", at: 1, data: null },
    { id: 8 },
  ]);
});

it("reads a message longer than its buffer", async () => {
  const { recorded } = subscribe();
  const data = "x".repeat(300 * 1024);
  await server.send(`${hello}${event(5, data)}\0`);
  await recorded.untilId(5);
  expect(recorded.told).toEqual([{ id: 5, type: "hook.x", at: 1, data }]);
});

it("gives the server's reason, or that of the connection", async () => {
  const { recorded, subscribed } = subscribe();
  await server.send(hello);
  await subscribed;
  await server.hangUp();
  await recorded.untilEnd();
  expect(recorded.told).toEqual([{ end: "the server closed the connection" }]);
});

it("rejects with the reason of a server that says goodbye instead of hello", async () => {
  const { subscribed } = subscribe();
  const rejected = expect(subscribed).rejects.toThrow("expected the server's hello, got: server closing");
  await server.send('{"bye":{"reason":"server closing"}}\0');
  await server.hangUp();
  await rejected;
});

it.each([
  ["not json\0", 'expected a message in JSON, got "not json"'],
  ["5\0", 'expected an event or a notice, got "5"'],
  [Buffer.from([0xff, 0xfe, 0]), "expected a message in UTF-8, got the bytes fffe"],
  ["x".repeat(1024 * 1024 + 1), "expected a NUL byte within 1048576 bytes"],
])("ends at what it cannot read", async (message, reason) => {
  const { recorded, subscribed } = subscribe();
  await server.send(hello);
  await subscribed;
  void server.send(message).catch(() => {});
  await recorded.untilEnd();
  expect(recorded.told).toEqual([{ end: expect.stringContaining(reason) }]);
});
