import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import { WebhookPool } from "../../../../bench/load/lean/webhook-pool.ts";
import { webhookRequest } from "../../../../bench/load/lean/webhook-request.ts";
import { benchSecret } from "../../../../bench/load/signature.ts";
import { eventually } from "../../../../conformance/wait.ts";
import { refuseStandardWebhook } from "../../../../servers/service/webhooks/standard-webhooks.ts";

const cleanUps: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

const limits = { connections: 2, answerTimeoutMs: 10_000 };

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A pool, and a server of node:http that answers as it is told, and says how many connections it has had. */
async function startHttp(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  options = limits,
) {
  const server = createHttpServer(answer);
  const connections: Socket[] = [];
  server.on("connection", (socket) => connections.push(socket));
  const http = await listen(server);
  cleanUps.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const pool = new WebhookPool(http, options);
  return { http, pool, connections, send: (body = "{}") => pool.send(webhookRequest(http, body, "")) };
}

/** A pool, and a server that does with each connection, which counts from 1, as it is told. */
async function startRaw(serve: (socket: Socket, connection: number) => void, options = limits) {
  const connections: Socket[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    serve(socket, connections.push(socket));
  });
  const http = await listen(server);
  cleanUps.push(
    () => server.close(),
    () => {
      for (const socket of connections) socket.destroy();
    },
  );
  const pool = new WebhookPool(http, options);
  return { pool, connections, send: (body = "{}") => pool.send(webhookRequest(http, body, "")) };
}

const accepted = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";

it("sends a signed webhook as a server of node:http reads it", async () => {
  const body = '{"name":"Zoë"}';
  const got: unknown[] = [];
  const { http, pool } = await startHttp(async (request, response) => {
    const read = await text(request);
    const [id, timestamp, signature] = ["id", "timestamp", "signature"].map((name) =>
      [request.headers[`webhook-${name}`]].flat().at(0),
    );
    const refusal = refuseStandardWebhook(
      benchSecret,
      { id, timestamp, signature },
      Buffer.from(read),
      Date.now(),
    );
    got.push(
      request.method,
      request.url,
      request.headers["content-type"],
      request.headers.host,
      read,
      refusal,
    );
    response.writeHead(202).end("{}");
  });
  expect(await pool.send(webhookRequest(http, body, benchSecret))).toBe(202);
  const host = http.replace("http://", "");
  expect(got).toEqual(["POST", "/hooks/bench", "application/json", host, body, undefined]);
});

it("takes the connection that was used last, and as many as are needed", async () => {
  const { send, connections } = await startHttp((_request, response) => void response.writeHead(202).end());
  for (let sent = 0; sent < 5; sent++) expect(await send()).toBe(202);
  expect(connections).toHaveLength(1);
  expect(await Promise.all([send(), send()])).toEqual([202, 202]);
  expect(connections).toHaveLength(2);
});

it("has a connection open before the webhook is sent", async () => {
  const { send, pool, connections } = await startHttp(
    (_request, response) => void response.writeHead(202).end(),
  );
  pool.prepare();
  pool.prepare();
  await eventually(
    10_000,
    "a connection",
    async () => connections.length,
    (count) => count > 0,
  );
  expect(await send()).toBe(202);
  expect(connections).toHaveLength(1);
});

it("lets webhooks wait when all connections are taken, and has no more", async () => {
  const { send, connections } = await startHttp((_request, response) => void response.writeHead(202).end());
  const sent = Array.from({ length: 20 }, () => send());
  expect(await Promise.all(sent)).toEqual(sent.map(() => 202));
  expect(connections).toHaveLength(2);
});

it("lets webhooks wait in their order", async () => {
  const asked: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    asked.push(await text(request));
    response.writeHead(202).end("accepted");
  };
  const { send } = await startHttp(answer, { ...limits, connections: 1 });
  const bodies = Array.from({ length: 20 }, (_, index) => String(index));
  await Promise.all(bodies.map(send));
  expect(asked).toEqual(bodies);
});

it("reads answers in chunks, and replaces connections that the server does not keep", async () => {
  const { send, connections } = await startHttp((_request, response) => {
    response.writeHead(202, { Connection: "close" }).write("in ");
    response.end("chunks");
  });
  for (let sent = 0; sent < 3; sent++) expect(await send()).toBe(202);
  expect(connections).toHaveLength(3);
});

it("takes the end of the connection for the end of an answer without a length", async () => {
  const { send } = await startRaw((socket) =>
    socket.once("data", () => socket.end("HTTP/1.1 202 Accepted\r\n\r\nall of it")),
  );
  expect(await Promise.all([send(), send(), send()])).toEqual([202, 202, 202]);
});

it("replaces a connection that the server has closed while it was free", async () => {
  const { send, connections } = await startRaw((socket) => socket.on("data", () => socket.write(accepted)));
  expect(await send()).toBe(202);
  const [first] = connections;
  first?.end();
  // Its other side ends it too, once it knows.
  await new Promise((resolve) => first?.once("close", resolve));
  expect(await send()).toBe(202);
  expect(connections).toHaveLength(2);
});

it("fails a webhook whose connection is lost before its answer, sends it to no other, and goes on", async () => {
  let asked = 0;
  const { send, connections } = await startRaw((socket, connection) =>
    socket.on("data", () => {
      asked++;
      if (connection === 1) socket.destroy();
      else socket.write(accepted);
    }),
  );
  await expect(send()).rejects.toThrow(/got the end of the connection|ECONNRESET/);
  expect(await send()).toBe(202);
  expect([asked, connections.length]).toEqual([2, 2]);
});

it("fails a webhook that gets no HTTP for an answer, and gives its connection up", async () => {
  const { send, connections } = await startRaw((socket, connection) =>
    socket.on("data", () => socket.write(connection === 1 ? "garbage\r\n\r\n" : accepted)),
  );
  await expect(send()).rejects.toThrow('expected a status line such as HTTP/1.1 202 Accepted, got "garbage"');
  expect(await send()).toBe(202);
  expect(connections).toHaveLength(2);
});

it("gives a connection up that says more than it was asked", async () => {
  const { send, connections } = await startRaw((socket) =>
    socket.on("data", () => socket.write(accepted + accepted)),
  );
  expect(await send()).toBe(202);
  expect(await send()).toBe(202);
  expect(connections).toHaveLength(2);
});

it("takes what a server says unasked for no answer", async () => {
  const { send, pool, connections } = await startRaw((socket, connection) => {
    if (connection === 1) socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n");
    else socket.on("data", () => socket.write(accepted));
  });
  pool.prepare();
  await eventually(
    10_000,
    "a connection",
    async () => connections.length,
    (count) => count > 0,
  );
  const [first] = connections;
  if (first?.closed === false) await new Promise((resolve) => first.once("close", resolve));
  expect(await send()).toBe(202);
});

it("fails webhooks without an answer in time, those that wait for a connection too, and frees their places", async () => {
  let answers = false;
  const { send, connections } = await startRaw(
    (socket) => socket.on("data", () => answers && socket.write(accepted)),
    { connections: 1, answerTimeoutMs: 50 },
  );
  const message = "expected an answer to a webhook within 50 ms, got none";
  const sent = [send(), send()].map((webhook) => expect(webhook).rejects.toThrow(message));
  await Promise.all(sent);
  answers = true;
  expect(await send()).toBe(202);
  expect(connections.length).toBeLessThanOrEqual(3);
});

it("fails each webhook when nobody listens", async () => {
  const server = createServer();
  const http = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  const pool = new WebhookPool(http, limits);
  pool.prepare();
  const sent = Array.from({ length: 5 }, () => pool.send(webhookRequest(http, "{}", "")));
  for (const outcome of await Promise.allSettled(sent)) {
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "ECONNREFUSED" } });
  }
});

it("refuses what is no plain HTTP", () => {
  expect(() => new WebhookPool("https://127.0.0.1", limits)).toThrow("got https://127.0.0.1");
});

it("closes a connection that it opened and never used, so that no server waits for it, and keeps the others", async () => {
  const { pool, connections, send } = await startHttp((_request, response) => response.writeHead(202).end());
  expect(await send()).toBe(202);
  const second = send();
  pool.prepare();
  await second;
  await eventually(
    5_000,
    "a connection that nothing was sent on",
    async () => connections.length,
    (count) => count === 2,
  );
  pool.closeUnused();
  await eventually(
    5_000,
    "its end",
    async () => connections[1]?.destroyed,
    (ended) => ended === true,
  );
  expect(connections[0]?.destroyed).toBe(false);
  expect(await send()).toBe(202);
  expect(connections).toHaveLength(2);
});
