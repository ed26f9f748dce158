import { readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import type { ServerOptions } from "../../../servers/contract.ts";
import type { ServerName } from "../../../servers/index.ts";
import { type LaunchedServer, launchServer } from "../../../servers/launch.ts";
import { condition } from "./condition.ts";
import { ask, RawConnection } from "./raw-connection.ts";

const isLinux = process.platform === "linux";
const running: LaunchedServer[] = [];

async function launch(name: ServerName, server: Partial<ServerOptions> = {}): Promise<LaunchedServer> {
  const launched = await launchServer(name, { server });
  running.push(launched);
  return launched;
}

afterEach(() => Promise.all(running.splice(0).map((server) => server.close())));

async function subscribe(server: LaunchedServer): Promise<RawConnection> {
  const connection = await RawConnection.open(server.endpoints.http);
  connection.request("GET /events/stream");
  await connection.until("event: hello");
  return connection;
}

async function publish(server: LaunchedServer, data: unknown): Promise<void> {
  const fields = ["Content-Type: application/json", "Connection: close"];
  await ask(server.endpoints.http, '{"id":', "POST /hooks/t", fields, JSON.stringify(data));
}

const connections = async (server: LaunchedServer) => (await server.usage()).server.connections;

describe("a thread per connection", () => {
  it.skipIf(!isLinux)("holds each in a system thread that sleeps", { timeout: 120_000 }, async () => {
    const server = await launch("threads-streaming");
    const other = await launch("polling");
    const before = new Set(readdirSync(`/proc/${server.pid}/task`));
    const subscribers = await Promise.all(Array.from({ length: 20 }, () => subscribe(server)));
    const threads = readdirSync(`/proc/${server.pid}/task`).filter((thread) => !before.has(thread));
    expect(threads.length).toBeGreaterThanOrEqual(20);

    const readings = () =>
      threads.map((thread) => {
        const status = readFileSync(`/proc/${server.pid}/task/${thread}/status`, "utf8");
        const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, "m").exec(status)?.[1];
        return [field("State"), field("voluntary_ctxt_switches"), field("nonvoluntary_ctxt_switches")];
      });
    // A thread that looked at something now and then would run while another server answers this often.
    let last = readings();
    await condition("every thread to sleep all the time", async () => {
      const keepAlive = await RawConnection.open(other.endpoints.http);
      for (let round = 0; round < 1_000; round++) {
        keepAlive.received = "";
        keepAlive.request("GET /healthz");
        await keepAlive.until("}");
      }
      keepAlive.socket.destroy();
      const now = readings();
      const same = JSON.stringify(now) === JSON.stringify(last);
      last = now;
      return same;
    });
    expect(last.map(([state]) => state)).toEqual(threads.map(() => "S"));

    await publish(server, "wake");
    await Promise.all(subscribers.map((subscriber) => subscriber.until('"data":"wake"')));
    for (const { socket } of subscribers) socket.destroy();
  });

  it("queues a connection when every thread is taken, and refuses one when the queue is", async () => {
    const server = await launch("threads-streaming", { workers: 2, queueLength: 1, heartbeatMs: 50 });
    const [first] = await Promise.all([subscribe(server), subscribe(server)]);
    const third = subscribe(server);
    await condition("one queued connection", async () => (await server.usage()).server.queued === 1);
    expect(await connections(server)).toBe(3);
    const fourth = await RawConnection.open(server.endpoints.http);
    fourth.request("GET /healthz");
    const answer = await fourth.end();
    expect(answer).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
    expect(answer).toMatch(/\r\nRetry-After: 1\r\n/);
    expect(answer).toMatch(/\{"error":"expected at most 3 connections at once, got one more"\}$/);
    first?.socket.destroy();
    await third;
    expect((await server.usage()).server.queued).toBe(0);
  });

  it.each([0, 1])("serves a burst as long as there are threads, with a queue of %i", async (queueLength) => {
    const server = await launch("threads-streaming", { workers: 4, queueLength });
    await Promise.all(Array.from({ length: 4 }, () => subscribe(server)));
    expect(await connections(server)).toBe(4);
  });
});

describe("a client that goes away", () => {
  it("is forgotten at the next event", async () => {
    const server = await launch("threads-streaming", { heartbeatMs: 3_600_000 });
    const [gone] = await Promise.all([subscribe(server), subscribe(server)]);
    gone?.socket.resetAndDestroy();
    await publish(server, 1);
    await condition("one connection", async () => (await connections(server)) === 1);
  });

  it.each(["threads-streaming", "threads-comet"] as const)(
    "is forgotten at a heartbeat (%s)",
    async (name) => {
      const server = await launch(name, { heartbeatMs: 50 });
      const line = name === "threads-comet" ? "GET /events?after=0&wait=60" : "GET /events/stream";
      const polite = await RawConnection.open(server.endpoints.http);
      const rude = await RawConnection.open(server.endpoints.http);
      for (const connection of [polite, rude]) connection.request(line);
      await condition("two connections", async () => (await connections(server)) === 2);
      polite.socket.destroy();
      rude.socket.resetAndDestroy();
      await condition("no connection", async () => (await connections(server)) === 0);
    },
  );

  it("gives its thread back when it says nothing more between requests", async () => {
    const server = await launch("threads-polling", { workers: 1, queueLength: 0 });
    for (let round = 0; round < 3; round++) {
      await ask(server.endpoints.http, "}", "GET /healthz");
      await condition("no connection", async () => (await connections(server)) === 0);
    }
  });
});

describe("a subscriber that does not read", () => {
  /** Publishes until the server has cut one subscriber off. */
  async function publishUntilCutOff(server: LaunchedServer): Promise<number> {
    let published = 0;
    await condition(
      "one subscriber cut off",
      async () => {
        await publish(server, "x".repeat(60_000));
        published++;
        return (await server.usage()).server.cutOff === 1;
      },
      60_000,
    );
    return published;
  }

  it("is cut off with a reason, and the others are not", { timeout: 90_000 }, async () => {
    const server = await launch("threads-streaming");
    const [slow, other] = await Promise.all([subscribe(server), subscribe(server)]);
    slow?.socket.pause();
    const published = await publishUntilCutOff(server);
    slow?.socket.resume();
    expect(await slow?.end()).toMatch(/event: bye\ndata: \{"reason":"slow subscriber"\}\n\n\r\n0\r\n\r\n$/);
    await other?.until(`id: ${published}\n`);
    expect((await server.usage()).server).toEqual({ connections: 1, cutOff: 1, queued: 0 });
  });

  it("loses its connection when it does not even read that", { timeout: 90_000 }, async () => {
    const server = await launch("threads-streaming");
    const slow = await subscribe(server);
    slow.socket.pause();
    await publishUntilCutOff(server);
    await condition("no connection", async () => (await connections(server)) === 0);
    expect((await server.usage()).server.cutOff).toBe(1);
    slow.socket.destroy();
  });
});
