import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { ChildMessage } from "../../../servers/contract.ts";
import { launchServer } from "../../../servers/launch.ts";
import { goodbyeMs } from "../../../servers/service/feeds.ts";
import { condition } from "./condition.ts";
import { ask, RawConnection } from "./raw-connection.ts";

/** Rejects when `closing` takes as long as the server gives those who do not listen. */
async function atOnce(closing: Promise<void>): Promise<void> {
  let closed = false;
  await Promise.all([
    closing.then(() => {
      closed = true;
    }),
    condition("the server to wait for nobody", () => closed, goodbyeMs),
  ]);
}

describe("close", () => {
  it("ends threads that wait for a request at once", { timeout: 30_000 }, async () => {
    const server = await launchServer("threads-polling");
    const silent = await RawConnection.open(server.endpoints.http);
    const idle = await RawConnection.open(server.endpoints.http);
    idle.request("GET /healthz");
    await idle.until("}");
    await condition("two connections", async () => (await server.usage()).server.connections === 2);
    await atOnce(server.close());
    expect(await silent.end()).toBe("");
    expect(await idle.end()).toMatch(/\}$/);
  });

  it("says goodbye to those who wait for events", { timeout: 30_000 }, async () => {
    const streaming = await launchServer("threads-streaming");
    const comet = await launchServer("threads-comet");
    const subscriber = await RawConnection.open(streaming.endpoints.http);
    subscriber.request("GET /events/stream");
    await subscriber.until("event: hello");
    const held = await RawConnection.open(comet.endpoints.http);
    // Both in one write: once the first is answered, the thread has the second.
    const head = "HTTP/1.1\r\nHost: h\r\n\r\n";
    held.write(`GET /healthz ${head}GET /events?after=0&wait=60 ${head}`);
    await held.until('"status"');
    await atOnce(Promise.all([streaming.close(), comet.close()]).then(() => {}));
    expect(await subscriber.end()).toMatch(
      /event: bye\ndata: \{"reason":"server closing"\}\n\n\r\n0\r\n\r\n$/,
    );
    expect(await held.end()).toMatch(/\r\nConnection: close\r\n[^{]*\{"events":\[\],"last":0\}$/);
  });

  it("closes connections that are still queued", { timeout: 30_000 }, async () => {
    const server = await launchServer("threads-streaming", { server: { workers: 1, queueLength: 1 } });
    const served = await RawConnection.open(server.endpoints.http);
    served.request("GET /events/stream");
    await served.until("event: hello");
    const queued = await RawConnection.open(server.endpoints.http);
    queued.request("GET /healthz");
    await condition("a queued connection", async () => (await server.usage()).server.queued === 1);
    await atOnce(server.close());
    expect(await queued.end()).toBe("");
  });

  it("lets a request under way be sent and answered", { timeout: 30_000 }, async () => {
    const server = await launchServer("threads-polling");
    const sender = await RawConnection.open(server.endpoints.http);
    sender.write("POST /hooks/t HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n");
    sender.write("Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    await sender.until("100 Continue");
    const closing = server.close();
    await condition("no further connection", () =>
      RawConnection.open(server.endpoints.http).then(
        ({ socket }) => {
          socket.destroy();
          return false;
        },
        () => true,
      ),
    );
    sender.write("{}");
    expect(await sender.end()).toMatch(/\r\nConnection: close\r\n\r\n\{"id":1\}$/);
    await closing;
  });

  it("ends a thread that is blocked in a write by force", { timeout: 60_000 }, async () => {
    const server = await launchServer("threads-polling");
    const fields = ["Content-Type: application/json", "Connection: close"];
    const body = JSON.stringify("x".repeat(60_000));
    for (let sent = 0; sent < 17; sent++) {
      await ask(server.endpoints.http, '{"id":', "POST /hooks/t", fields, body);
    }
    const slow = await RawConnection.open(server.endpoints.http);
    // Far more than the kernel keeps for a connection whose client does not read.
    for (let asked = 0; asked < 40; asked++) slow.request("GET /events?after=0");
    await slow.until("HTTP/1.1 200 OK");
    slow.socket.pause();
    await server.close();
    slow.socket.destroy();
  });

  it("is not needed for the process to end with its parent", { timeout: 30_000 }, async () => {
    const main = fileURLToPath(new URL("../../../dist/servers/main.js", import.meta.url));
    const child = spawn(process.execPath, [main, "threads-streaming"], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const [ready]: ChildMessage[] = await once(child, "message");
    if (ready?.kind !== "ready") throw new Error(`expected a server that is ready, got ${ready?.kind}`);
    const open = () => RawConnection.open(ready.endpoints.http);
    const [silent, idle, asleep] = [await open(), await open(), await open()];
    idle.request("GET /healthz");
    asleep.request("GET /events/stream");
    await Promise.all([idle.until("}"), asleep.until("event: hello")]);
    const exit = once(child, "exit");
    child.disconnect();
    await exit;
    await Promise.all([silent.end(), idle.end(), asleep.end()]);
  });
});
