import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, expect, it } from "vitest";
import { type LaunchedServer, launchServer } from "../../../servers/launch.ts";
import { condition } from "../threads/condition.ts";

let server: LaunchedServer | undefined;
afterEach(() => server?.kill());

it("gives up clients that were answered and never hang up", async () => {
  server = await launchServer("tcp");
  const { endpoints, usage } = server;
  const { hostname, port } = new URL(endpoints.tcp ?? "");
  const clients = ["rubbish\0", "<policy-file-request/>\0"].map((text) => {
    const client = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    client.on("error", () => {}); // The server resets it in the end.
    client.resume().write(text);
    return client;
  });
  await Promise.all(clients.map((client) => once(client, "end")));
  await condition("no connection", async () => (await usage()).server.connections === 0);
  for (const client of clients) client.destroy();
  expect((await fetch(`${endpoints.http}/healthz`)).status).toBe(200);
}, 30_000);
