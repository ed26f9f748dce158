/** What runs in each thread of the server with a thread per connection: one connection, from its first request to its end. */
import { closeSync, readSync, writeSync } from "node:fs";
import { compute } from "./computation.ts";
import { heavyPath, lightBody } from "./routes.ts";

export interface ConnectionTask {
  /** Of a blocking socket; the thread closes it. */
  readonly fd: number;
  readonly turns: number;
}

const headEnd = "\r\n\r\n";

/** Answers one request after the other, none of which has a body. */
export function serveConnection({ fd, turns }: ConnectionTask): void {
  const buffer = Buffer.alloc(4096);
  let received = "";
  for (;;) {
    const count = readSync(fd, buffer);
    if (count === 0) break;
    received += buffer.toString("latin1", 0, count);
    if (!received.endsWith(headEnd)) continue;
    const body = received.startsWith(`GET ${heavyPath} `) ? String(compute(turns)) : lightBody;
    received = "";
    writeSync(fd, `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}${headEnd}${body}`);
  }
  closeSync(fd);
}
