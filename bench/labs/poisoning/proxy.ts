import type { Socket } from "node:net";
import { headBytes, parseHead, responseBytes } from "./http-head.ts";
import { RequestReader } from "./request-reader.ts";

/** Whole responses by host and path: shared by all clients of a proxy. */
export type Cache = Map<string, Buffer>;

interface Waiting {
  readonly method: string;
  readonly resource: string;
}

/**
 * One connection through the toy proxy, with the flaw that Huang et al. found in the field (2011, section 3.3). It sits
 * in the way unknown to the client, sends on by IP address, to `upstream`, whatever the Host header says, and keeps
 * responses by host and path. It knows CONNECT, and not Upgrade: a WebSocket's handshake is a GET and its response like
 * any other, and what comes after it is read for the next request. What it cannot read, it passes on.
 */
export function intercept(client: Socket, upstream: Socket, cache: Cache): void {
  const requests = new RequestReader();
  const waiting: Waiting[] = [];
  let tunnel = false;
  let held: Buffer = Buffer.alloc(0);

  client.on("data", (chunk: Buffer) => {
    if (tunnel) {
      upstream.write(chunk);
      return;
    }
    for (const read of requests.read(chunk)) {
      const kept = read.kind === "request" ? cache.get(read.resource) : undefined;
      if (kept !== undefined) {
        client.write(kept);
        continue;
      }
      if (read.kind === "request") waiting.push({ method: read.method, resource: read.resource });
      upstream.write(read.bytes);
    }
  });

  upstream.on("data", (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    for (let [asked] = waiting; asked !== undefined && !tunnel; [asked] = waiting) {
      const length = asked.method === "CONNECT" ? headBytes(held) : responseBytes(held);
      if (length === undefined) return;
      const response = held.subarray(0, length);
      held = held.subarray(length);
      waiting.shift();
      const { startLine, header } = parseHead(response);
      const isOk = /^HTTP\/1\.1 200\b/.test(startLine);
      if (asked.method === "CONNECT") tunnel = isOk;
      else if (isOk && /\bpublic\b/.test(header("cache-control"))) cache.set(asked.resource, response);
      client.write(response);
    }
    // Nobody asked for it, as far as the proxy knows.
    if (held.length > 0) client.write(held);
    held = Buffer.alloc(0);
  });

  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    // Its close follows.
    one.on("error", () => {});
    // A reset leaves no port waiting for a minute behind.
    one.on("close", () => other.resetAndDestroy());
  }
}
