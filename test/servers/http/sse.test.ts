import { afterEach, expect, it } from "vitest";
import { type LaunchedServer, launchServer } from "../../../servers/launch.ts";
import { condition } from "../threads/condition.ts";
import { RawConnection } from "../threads/raw-connection.ts";

let server: LaunchedServer | undefined;
afterEach(() => server?.kill());

it.each(["streaming", "bare"] as const)(
  "%s survives its heartbeat while a subscriber that was cut off does not read",
  async (name) => {
    server = await launchServer(name, { server: { heartbeatMs: 20 } });
    const { endpoints, usage } = server;
    const subscriber = await RawConnection.open(endpoints.http);
    subscriber.request("GET /events/stream");
    await subscriber.until("hello");
    subscriber.socket.pause();
    const body = JSON.stringify("x".repeat(60_000));
    const headers = { "Content-Type": "application/json" };
    await condition("a subscriber that is cut off", async () => {
      await (await fetch(`${endpoints.http}/hooks/large`, { method: "POST", headers, body })).text();
      return (await usage()).server.cutOff === 1;
    });
    // Its connection is there until `goodbyeMs` are over, with a beat every 20 ms: the server outlives them all.
    await condition("the connection to be given up", async () => (await usage()).server.connections <= 1);
    subscriber.socket.destroy();
    expect((await fetch(`${endpoints.http}/healthz`)).status).toBe(200);
  },
  30_000,
);
