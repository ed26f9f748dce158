/** The server of the lab: light requests, and some that take a computation. What differs is where that is done. */
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { Piscina } from "piscina";
import { serve } from "../../load/rpc.ts";
import { openLibc } from "../blocking-sockets.ts";
import type { ArmName } from "./arms.ts";
import { compute, computeInParts } from "./computation.ts";
import type { ConnectionTask } from "./connection-worker.ts";
import { heavyPath, lightBody } from "./routes.ts";

export interface ServerOrder {
  readonly arm: ArmName;
  /** Of a computation. */
  readonly turns: number;
  /** Of one part, where it is done in parts. */
  readonly partTurns: number;
  /** Connections there will be: a thread each, where each has one. */
  readonly connections: number;
}

/** Longer than any trial. */
const keepAliveMs = 120_000;

async function listen(order: ServerOrder): Promise<number> {
  const server = serverOf(order);
  server.listen({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function serverOf({ arm, turns, partTurns, connections }: ServerOrder): Server {
  switch (arm) {
    case "on-the-loop":
      return loopServer(() => compute(turns));
    case "in-parts":
      return loopServer(() => computeInParts(turns, partTurns));
    case "worker-thread": {
      const thread = startPool<number>("compute-worker", "compute", 1);
      return loopServer(() => thread.run(turns));
    }
    case "thread-per-connection":
      return threadServer(turns, connections);
  }
}

function loopServer(heavy: () => number | Promise<number>): Server {
  const server = createHttpServer(async (request, response) => {
    response.end(request.url === heavyPath ? String(await heavy()) : lightBody);
  });
  server.keepAliveTimeout = keepAliveMs;
  return server;
}

function threadServer(turns: number, connections: number): Server {
  const libc = openLibc();
  const threads = startPool<ConnectionTask>("connection-worker", "serveConnection", connections);
  return createTcpServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
    void threads.run({ fd: libc.take(socket), turns });
  });
}

function startPool<Task>(module: string, name: string, threads: number): Piscina<Task, number> {
  const filename = new URL(`./${module}.js`, import.meta.url).href;
  return new Piscina({
    ...{ filename, name, minThreads: threads, maxThreads: threads },
    execArgv: [],
    recordTiming: false,
  });
}

const methods = { listen };
export type ServerMethods = typeof methods;
serve(methods);
