import { afterEach, beforeEach, expect, it } from "vitest";
import { acceptOf } from "../../../../bench/load/lean/websocket-handshake.ts";
import { leanWs } from "../../../../bench/load/lean/ws.ts";
import { Recording } from "./recording.ts";
import { ScriptedServer } from "./scripted-server.ts";

let server: ScriptedServer;
beforeEach(async () => {
  server = await ScriptedServer.start();
});
afterEach(() => server.close());

function frame(first: number, payload: string | Buffer): Buffer {
  const bytes = Buffer.from(payload);
  return Buffer.concat([Buffer.from([first, bytes.length]), bytes]);
}

const hello = frame(0x81, '{"hello":{"cursor":4}}');
const event = (id: number) => frame(0x81, `{"id":${id}}`);

/** Subscribes; `open` is what the server would answer. */
async function subscribe() {
  const recorded = new Recording(2);
  const subscribed = leanWs.subscribe({ http: `http://127.0.0.1:${server.port}` }, recorded);
  subscribed.catch(() => {}); // Those tests that expect it look at it themselves.
  const asked = (await server.received("a request", (bytes) => bytes.includes("\r\n\r\n"))).toString();
  const key = /^Sec-WebSocket-Key: (.*)\r$/m.exec(asked)?.[1] ?? "";
  const open = (accept = acceptOf(key)) =>
    `HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
  /** What the client has sent after its request. */
  const answer = async (what: string, length: number) => {
    const all = await server.received(what, (bytes) => bytes.length >= asked.length + length);
    return all.subarray(asked.length);
  };
  return { recorded, subscribed, asked, key, open, answer };
}

it("asks as RFC 6455 wants it", async () => {
  const { asked, key } = await subscribe();
  expect(asked).toBe(
    `GET /events/ws?after=2 HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  expect(Buffer.from(key, "base64")).toHaveLength(16);
});

it("reads frames that are split anywhere, and several at once, the first behind the handshake", async () => {
  const { recorded, subscribed, open } = await subscribe();
  const answer = open();
  await server.send(
    answer.slice(0, 40),
    answer.slice(40, -1),
    Buffer.concat([Buffer.from(answer.slice(-1)), hello, event(5), event(6), event(7).subarray(0, 1)]),
    event(7).subarray(1, 5),
    event(7).subarray(5),
  );
  expect((await subscribed).cursor()).toBe(7);
  expect(recorded.told).toEqual([{ id: 5 }, { id: 6 }, { id: 7 }]);
});

it("puts the frames of a message together, with a ping between them", async () => {
  const { recorded, open, answer } = await subscribe();
  await server.send(open(), hello, frame(0x01, '{"id"'), frame(0x89, "are you"), frame(0x00, ":"));
  await server.send(frame(0x80, "5}"), event(6));
  await recorded.untilId(6);
  expect(recorded.told).toEqual([{ id: 5 }, { id: 6 }]);
  const pong = await answer("a pong", 13);
  expect([...pong.subarray(0, 2)]).toEqual([0x8a, 0x80 | 7]);
  const unmasked = pong.subarray(6).map((byte, index) => byte ^ pong.readUInt8(2 + (index % 4)));
  expect(Buffer.from(unmasked).toString()).toBe("are you");
});

it.each([
  [frame(0x88, Buffer.concat([Buffer.from([0x03, 0xe9]), Buffer.from("server closing")])), "server closing"],
  [frame(0x88, Buffer.from([0x03, 0xf0])), "the connection closed with code 1008"],
  [frame(0x88, ""), "the connection closed with code 1005"],
])("answers a close frame with its code, and tells the reason: %s", async (close, reason) => {
  const { recorded, open, answer } = await subscribe();
  await server.send(open(), hello);
  await server.send(close);
  await recorded.untilEnd();
  expect(recorded.told).toEqual([{ end: reason }]);
  const code = close.subarray(2, 4);
  const answered = await answer("a close frame", 6 + code.length);
  expect([...answered.subarray(0, 2)]).toEqual([0x88, 0x80 | code.length]);
  expect(answered.subarray(6).map((byte, index) => byte ^ answered.readUInt8(2 + index))).toEqual(code);
});

it("tells of a connection that ends without a close frame", async () => {
  const { recorded, open } = await subscribe();
  await server.send(open(), hello);
  await server.hangUp();
  await recorded.untilEnd();
  expect(recorded.told).toEqual([{ end: "the connection closed with code 1006" }]);
});

it.each([
  [frame(0x82, "binary"), "expected messages in text frames, got a binary one"],
  [frame(0x80, "rest"), "expected the first frame of a message, got a later one"],
  [Buffer.concat([frame(0x01, "a"), frame(0x81, "b")]), "got another message"],
  [frame(0x81, "{"), 'expected a message in JSON, got "{"'],
  [Buffer.from([0x81, 0x81, 1, 2, 3, 4, 5]), "got a masked one"],
])("ends at what it cannot read: %s", async (bytes, reason) => {
  const { recorded, open } = await subscribe();
  await server.send(open(), hello);
  await server.send(bytes);
  await recorded.untilEnd();
  expect(recorded.told).toEqual([{ end: expect.stringContaining(reason) }]);
});

it.each([
  ["HTTP/1.1 404 Not Found\r\n\r\n", "expected HTTP/1.1 101 for the WebSocket, got HTTP/1.1 404 Not Found"],
  ["HTTP/1.1 101 Yes\r\nConnection: Upgrade\r\n\r\n", "expected upgrade of the handshake to be websocket"],
  ["x".repeat(17 * 1024), "expected the head of an HTTP answer within 16384 bytes"],
])("refuses an answer that opens no WebSocket", async (answer, reason) => {
  const { subscribed } = await subscribe();
  void server.send(answer).catch(() => {});
  await expect(subscribed).rejects.toThrow(reason);
});

it("refuses an answer to another key", async () => {
  const { subscribed, open } = await subscribe();
  void server.send(open("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")).catch(() => {});
  await expect(subscribed).rejects.toThrow("expected sec-websocket-accept of the handshake to be");
});
