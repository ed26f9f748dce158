/** The server of the lab: each request takes one query. What differs is how it waits for that. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Piscina } from "piscina";
import { serve } from "../../load/rpc.ts";
import { openLibc } from "../blocking-sockets.ts";
import type { Wait } from "./arms.ts";
import { AsyncQueries } from "./async-queries.ts";
import { queryBlocking } from "./blocking-query.ts";
import type { PoolSetup } from "./query-worker.ts";

export interface ServerOrder {
  readonly wait: Wait;
  /** Port of the database. */
  readonly database: number;
  readonly clients: number;
}

const workerFile = new URL("./query-worker.js", import.meta.url).href;

/** Longer than any trial. */
const keepAliveMs = 120_000;

/** Gives the port once every connection to the database and every thread is there. */
async function listen(order: ServerOrder): Promise<number> {
  const query = await queryOf(order);
  const server = createServer(async (_request, response) => {
    try {
      await query();
      response.end("done");
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error));
    }
  });
  server.keepAliveTimeout = keepAliveMs;
  server.listen({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function queryOf({ wait, database, clients }: ServerOrder): Promise<() => void | Promise<void>> {
  switch (wait.kind) {
    case "blocking loop": {
      const fd = openLibc().connectTo(database);
      return () => queryBlocking(fd);
    }
    case "pool":
      return startPool(wait.threads, database);
    case "event loop": {
      const queries = await AsyncQueries.open(database, clients);
      return () => queries.query();
    }
  }
}

async function startPool(threads: number, database: number): Promise<() => Promise<void>> {
  const libc = openLibc();
  const workerData: PoolSetup = {
    connections: Array.from({ length: threads }, () => libc.connectTo(database)),
    counters: new SharedArrayBuffer(8),
  };
  const pool = new Piscina<undefined, void>({
    filename: workerFile,
    name: "query",
    workerData,
    execArgv: [],
    minThreads: threads,
    maxThreads: threads,
    recordTiming: false,
  });
  const assembling = Array.from({ length: threads }, () => pool.run(undefined, { name: "assemble" }));
  await Promise.all(assembling);
  return () => pool.run(undefined);
}

const methods = { listen };
export type ServerMethods = typeof methods;
serve(methods);
