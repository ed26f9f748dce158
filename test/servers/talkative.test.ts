import { once } from "node:events";
import { io } from "socket.io-client";
import { afterEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import { connectTo, exchange } from "../../conformance/http.ts";
import type { RunningServer } from "../../servers/contract.ts";
import { loadServer, type ServerName } from "../../servers/index.ts";
import { withDefaults } from "../../servers/options.ts";

let server: RunningServer | undefined;
afterEach(() => server?.close());

async function start(name: ServerName): Promise<string> {
  server = await (await loadServer(name)).start(withDefaults());
  return server.endpoints.http;
}

/** More than a subscriber may say within a heartbeat, and what one may. */
const tooMuch = 200;
const little = 20;

it.each(["send", "ping", "pong"] as const)(
  "ws ends a subscriber whose client calls %s without end",
  async (call) => {
    const webSocket = new WebSocket(`${(await start("ws")).replace("http", "ws")}/events/ws`);
    await once(webSocket, "message");
    for (let said = 0; said < little; said++) webSocket[call]("x");
    webSocket.ping();
    // It has read all that came before.
    await once(webSocket, "pong");
    expect(webSocket.readyState).toBe(WebSocket.OPEN);
    webSocket.on("error", () => {}); // It may be cut off before it is told why.
    for (let said = 0; said < tooMuch; said++) webSocket[call]("x");
    await once(webSocket, "close");
  },
);

it.each(["websocket", "polling"])(
  "socketio ends a subscriber that talks without end over %s",
  async (transport) => {
    const socket = io(await start("socketio"), { transports: [transport], reconnection: false });
    await new Promise((resolve) => socket.once("hello", resolve));
    const disconnected = new Promise((resolve) => socket.once("disconnect", resolve));
    for (let said = 0; said < tooMuch; said++) socket.emit("x");
    await disconnected;
  },
);

it("comet holds one request of a connection, however many come in a row", async () => {
  const http = await start("comet");
  const socket = await connectTo(http);
  const held = "GET /events?after=0&wait=60 HTTP/1.1\r\nHost: test\r\n\r\n";
  const answers = exchange(socket, held.repeat(3), (received) => received.split('"last"').length > 3);
  // On a connection of its own, and so behind what has been sent there.
  await fetch(`${http}/hooks/test`, {
    method: "POST",
    body: "1",
    headers: { "Content-Type": "application/json" },
  });
  const bodies = [...(await answers).matchAll(/\{"events".*?"last":\d\}/g)].map(([body]) => JSON.parse(body));
  expect(bodies.map(({ events }) => events.length)).toEqual([1, 0, 0]);
  socket.destroy();
});
