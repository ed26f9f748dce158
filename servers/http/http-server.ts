import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { ServerOptions } from "../contract.ts";
import { goodbyeMs } from "../service/feeds.ts";
import { Origins } from "../service/origin.ts";
import { addressOf } from "./address.ts";

/** Idle time after which a kept-alive connection is closed: longer than any sensible polling interval. */
export const keepAliveMs = 65_000;

/** While a server closes: how often connections that have become idle are looked for. */
const idleCheckMs = 20;

/** Longest that a client may take to send its request's headers. */
const maxHeadersTimeoutMs = 10_000;

/** How often requests that take too long are looked for. */
const maxCheckIntervalMs = 1_000;

/** Time a client has to send its request's headers, of the time it has for the whole request. */
export function headersTimeoutOf(requestTimeoutMs: number): number {
  return Math.min(maxHeadersTimeoutMs, requestTimeoutMs);
}

/** Connections the kernel may hold until they are accepted; it may cap this at `net.core.somaxconn`. */
export const listenBacklog = 4096;

/**
 * An HTTP server with every time limit set on purpose, and none that cuts off a long poll. Its answers may be
 * read by pages of the allowed origins.
 */
export function createHttpServer(
  options: Pick<ServerOptions, "requestTimeoutMs" | "allowedOrigins" | "publicUrl">,
  listener: RequestListener,
): Server {
  const { requestTimeoutMs } = options;
  const origins = new Origins(options);
  return createServer(
    {
      keepAliveTimeout: keepAliveMs,
      headersTimeout: headersTimeoutOf(requestTimeoutMs),
      requestTimeout: requestTimeoutMs,
      // Node's own 30 s would double the time that a request may take.
      connectionsCheckingInterval: Math.min(maxCheckIntervalMs, requestTimeoutMs / 4),
      noDelay: true,
    },
    (request, response) => {
      const fields = origins.fieldsFor(request);
      for (const name in fields) response.setHeader(name, fields[name] ?? "");
      listener(request, response);
    },
  );
}

/** Listens and gives `http://host:port`. Rejects with the system's error, such as EADDRINUSE. */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen({ host, port, backlog: listenBacklog });
  await once(server, "listening");
  return addressOf("http", host, portOf(server));
}

/** The port a TCP or HTTP server listens on. */
export function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("expected a server that listens on a port");
  return address.port;
}

/** Open connections, upgraded ones included. */
export function countConnections(server: Pick<Server, "getConnections">): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}

/**
 * Stops accepting, lets answers under way finish for `graceMs`, then closes what is left: the server's own
 * connections, and those of `others`, which it no longer knows once they are upgraded.
 */
export async function closeHttpServer(
  server: Server,
  others: Iterable<Duplex> = [],
  graceMs: number = goodbyeMs,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // An answer that was under way leaves its connection open, and its client would ask on it again and again.
  const tidy = setInterval(() => server.closeIdleConnections(), idleCheckMs);
  const force = setTimeout(() => {
    server.closeAllConnections();
    for (const socket of others) socket.destroy();
  }, graceMs);
  await closed;
  clearInterval(tidy);
  clearTimeout(force);
}
