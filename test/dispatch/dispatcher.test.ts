import { describe, expect, it, onTestFinished } from "vitest";
import { startDispatcher } from "../../dispatch/dispatcher.ts";
import type { Endpoints } from "../../servers/contract.ts";
import { loadServer, type ServerName } from "../../servers/index.ts";
import { withDefaults } from "../../servers/options.ts";
import { temporaryFolder } from "./dispatching.ts";
import { launchDispatcher } from "./launched.ts";
import { LoopbackReceiver } from "./receiver.ts";

const overEachTransport: readonly ServerName[] = [
  "polling",
  "comet",
  "streaming",
  "ws",
  "socketio",
  "socketio-polling",
  "tcp",
];

describe("the dispatcher", () => {
  it.each(overEachTransport)("delivers the events of a server over its own transport: %s", async (name) => {
    const { endpoints, publish } = await serve(name);
    const receiver = await LoopbackReceiver.start();
    let onSubscribed = () => {};
    const subscribed = new Promise<void>((resolve) => {
      onSubscribed = resolve;
    });
    const dispatcher = await startDispatcher({
      server: endpoints.http,
      serverTcp: endpoints.tcp ?? "",
      dataFolder: await temporaryFolder(),
      host: "127.0.0.1",
      port: 0,
      publicUrl: "",
      token: "",
      hub: true,
      allowLoopback: true,
      log: (line) => {
        if (line.startsWith("subscribed to")) onSubscribed();
      },
    });
    onTestFinished(() => dispatcher.close());
    await subscribed;
    await subscribe(dispatcher.url, receiver.url);
    for (const number of [1, 2, 3]) await publish(number);
    await receiver.until((delivered) => delivered.length >= 3);
    expect(receiver.delivered.map(({ data }) => data).sort()).toEqual([1, 2, 3]);
  });

  it("goes on with a server that has begun again from nothing", async () => {
    const server = await loadServer("comet");
    const running = await server.start(withDefaults());
    const receiver = await LoopbackReceiver.start();
    const dispatcher = await launchDispatcher(running.endpoints.http, await temporaryFolder());
    await dispatcher.line(/^subscribed to/);
    await subscribe(dispatcher.url, receiver.url);
    for (const number of [1, 2, 3]) await publish(running.endpoints, number);
    await receiver.until((delivered) => delivered.length === 3);
    await running.close();
    const other = await loadServer("ws");
    const again = await other.start(withDefaults({ port: Number(new URL(running.endpoints.http).port) }));
    onTestFinished(() => again.close());
    // Past the cursor of before.
    for (const number of [4, 5, 6, 7]) await publish(again.endpoints, number);
    await dispatcher.line(/ has begun anew: /);
    await receiver.until((delivered) => delivered.length === 7);
    expect(new Set(receiver.delivered.map(({ id }) => id)).size).toBe(7);
    await dispatcher.stop();
  });

  it("loses nothing when its process is ended by force in the middle, and repeats under the same ids", async () => {
    const { endpoints, publish } = await serve("streaming");
    const receiver = await LoopbackReceiver.start();
    const dataFolder = await temporaryFolder();
    const first = await launchDispatcher(endpoints.http, dataFolder);
    await first.line(/^subscribed to/);
    await subscribe(first.url, receiver.url);
    receiver.answers = false;
    for (const number of [1, 2, 3, 4, 5, 6]) await publish(number);
    // As many as one target may be sent at once.
    await receiver.until((delivered) => delivered.length === 4);
    await first.kill();
    for (const number of [7, 8, 9]) await publish(number);
    receiver.answers = true;
    const second = await launchDispatcher(endpoints.http, dataFolder);
    const numbers = () => new Set(receiver.delivered.map(({ data }) => data));
    await receiver.until(() => numbers().size === 9);
    await second.stop();
    const again = receiver.delivered.slice(4);
    expect(again.map(({ data }) => data).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { id, data } of receiver.delivered.slice(0, 4)) {
      expect(again).toContainEqual({ id, data, type: "hook.orders" });
    }
  });

  it("does not listen beyond loopback without a token", async () => {
    const dataFolder = await temporaryFolder();
    await expect(launchDispatcher("http://127.0.0.1:1", dataFolder, ["--host", "0.0.0.0"])).rejects.toThrow(
      /expected: a token to listen beyond loopback.*\n.*got: --host 0\.0\.0\.0 and no DISPATCH_TOKEN/,
    );
  });
});

async function serve(name: ServerName) {
  const server = await loadServer(name);
  const { endpoints, close } = await server.start(withDefaults());
  onTestFinished(close);
  return { endpoints, publish: (data: unknown) => publish(endpoints, data) };
}

async function publish({ http }: Endpoints, data: unknown): Promise<void> {
  const { status } = await post(`${http}/hooks/orders`, data);
  expect(status).toBe(202);
}

/** Subscribes a receiver, and waits until it has confirmed. */
async function subscribe(dispatcher: string, targetUrl: string): Promise<void> {
  const made = await post(`${dispatcher}/subscriptions`, { targetUrl, events: ["hook.*"] });
  expect(made.status).toBe(201);
  const where = made.headers.get("location") ?? "";
  const state = async () => (await fetch(where)).text();
  await expect.poll(state, { interval: 5 }).toContain('"state":"active"');
}

function post(url: string, data: unknown): Promise<Response> {
  // A connection kept from before would be to a server that may be gone.
  const headers = { "Content-Type": "application/json", Connection: "close" };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(data) });
}
