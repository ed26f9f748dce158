import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import type { Ingested, IngestMethods, IngestOrder } from "../../../bench/load/ingest-process.ts";
import { startLoadProcess } from "../../../bench/load/rpc.ts";
import { projectFolder } from "../../../cli/project.ts";

const ingestProcess = new URL("dist/bench/load/ingest-process.js", projectFolder);

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Answers webhooks as told, and counts for itself. */
async function startServer(answer: (response: ServerResponse) => void) {
  let answered = 0;
  /** From the first connection made to the last one closed. */
  const span = { startMs: 0, endMs: 0 };
  let bytesIn = 0;
  let bytesOut = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      answer(response);
    });
    response.on("finish", () => answered++);
  });
  server.on("connection", (socket) => {
    span.startMs ||= performance.now();
    socket.on("close", () => {
      span.endMs = performance.now();
      bytesIn += socket.bytesRead;
      bytesOut += socket.bytesWritten;
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanUps.push(() => server.close());
  const http = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const closed = () => new Promise((resolve) => server.close(resolve));
  return { http, answered: () => answered, span, closed, bytes: () => ({ bytesIn, bytesOut }) };
}

async function ingest(order: IngestOrder): Promise<Ingested> {
  const process = startLoadProcess<IngestMethods>(ingestProcess, "ingest", undefined);
  cleanUps.push(() => process.kill());
  return process.call("ingest", order);
}

// Again, should the system hold up one of the two processes meanwhile.
it("gives the rate of a server that counts too, in a fifth of a second", { retry: 2 }, async () => {
  // A fixed delay, so that the process has time to spare and what it gives is the server's rate.
  const delayMs = 10;
  const server = await startServer((response) => {
    setTimeout(() => response.writeHead(202).end("{}"), delayMs);
  });
  const { accepted, failed, durationMs } = await ingest({
    http: server.http,
    connections: 4,
    durationMs: 200,
    payloadBytes: 128,
  });
  expect(failed).toBe(0);
  // An answer on its way at the end is not counted.
  expect(accepted).toBeLessThanOrEqual(server.answered());
  expect(accepted).toBeGreaterThanOrEqual(server.answered() - 4);
  expect(durationMs).toBeGreaterThanOrEqual(200);
  await server.closed();
  const { startMs, endMs } = server.span;
  const known = server.answered() / (endMs - startMs);
  expect(accepted / durationMs / known).toBeGreaterThan(0.85);
  expect(accepted / durationMs / known).toBeLessThan(1.15);
});

it("counts refusals as failed", async () => {
  const server = await startServer((response) => response.writeHead(429).end());
  const order = { http: server.http, connections: 2, durationMs: 100, payloadBytes: 128 };
  const { accepted, failed } = await ingest(order);
  expect(accepted).toBe(0);
  expect(failed).toBeGreaterThan(0);
  expect(failed).toBeLessThanOrEqual(server.answered());
});

it("counts the bytes that it sent", async () => {
  const server = await startServer((response) => response.writeHead(202).end("{}"));
  const order = { http: server.http, connections: 3, durationMs: 100, payloadBytes: 500 };
  const { accepted, bytesIn, bytesOut } = await ingest(order);
  await server.closed();
  expect(bytesOut).toBe(server.bytes().bytesIn);
  expect(bytesOut / accepted).toBeGreaterThan(500);
  // The last answers found their connections closed.
  expect(bytesIn).toBeLessThanOrEqual(server.bytes().bytesOut);
  expect(bytesIn).toBeGreaterThan(0);
});
