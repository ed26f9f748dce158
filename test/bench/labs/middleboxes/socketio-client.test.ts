import { expect, it, onTestFinished } from "vitest";
import { type SocketIoManners, socketIoClient } from "../../../../bench/labs/middleboxes/socketio-client.ts";
import type { MiddleboxName } from "../../../../bench/network/middleboxes/index.ts";
import type { Event } from "../../../../servers/contract.ts";
import { loadServer } from "../../../../servers/index.ts";
import { withDefaults } from "../../../../servers/options.ts";
import { openBox } from "../../network/middleboxes/box-under-test.ts";

const websocketFirst = ["websocket", "polling"] as const;
const pollingFirst = ["polling", "websocket"] as const;

/** Has the first event of a server by way of a box; gives how long that took. */
async function firstEventMs(box: MiddleboxName, manners: SocketIoManners): Promise<number> {
  const server = await (await loadServer("socketio")).start(withDefaults());
  const { hostname, port } = new URL(server.endpoints.http);
  const headers = { "Content-Type": "application/json" };
  await fetch(`${server.endpoints.http}/hooks/first`, { method: "POST", headers, body: "{}" });
  const { address } = await openBox(box, { host: hostname, port: Number(port) });
  // Before the box, so that nobody is cut off without a goodbye, which the server would wait for.
  onTestFinished(() => server.close());
  const startMs = performance.now();
  const { promise, resolve, reject } = deferred();
  const subscription = await socketIoClient(manners).subscribe(
    { http: `http://${address.host}:${address.port}` },
    { after: 0, pollMs: 1, waitSeconds: 1, onEvent: resolve, onEnd: (reason) => reject(new Error(reason)) },
  );
  const { type } = await promise;
  const tookMs = performance.now() - startMs;
  expect(type).toBe("hook.first");
  expect(subscription.cursor()).toBe(1);
  subscription.close();
  return tookMs;
}

function deferred() {
  let [resolve, reject] = [(_event: Event) => {}, (_error: Error) => {}];
  const promise = new Promise<Event>((...settle) => {
    [resolve, reject] = settle;
  });
  return { promise, resolve, reject };
}

it.each([
  ["polling first", pollingFirst],
  ["WebSocket first", websocketFirst],
  ["polling only", ["polling"] as const],
])("%s gets through where the Upgrade is stripped, without a timeout", async (_order, transports) => {
  const never = 60_000;
  const tookMs = await firstEventMs("strips-upgrade", {
    transports,
    connectTimeoutMs: never,
    reconnectMs: never,
  });
  expect(tookMs).toBeLessThan(never);
});

it("WebSocket first gets through after a timeout where the answer to the Upgrade is lost", async () => {
  const connectTimeoutMs = 200;
  const manners = { transports: websocketFirst, connectTimeoutMs, reconnectMs: 1 };
  expect(await firstEventMs("swallows-upgrade", manners)).toBeGreaterThanOrEqual(connectTimeoutMs - 1);
});

it("polling first gets through there as well, and waits for none", async () => {
  const never = 60_000;
  const manners = { transports: pollingFirst, connectTimeoutMs: never, reconnectMs: never };
  expect(await firstEventMs("swallows-upgrade", manners)).toBeLessThan(never);
});
