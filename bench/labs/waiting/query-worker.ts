/** What runs in each thread of a pool: one blocking connection of its own, and a query at a time. */
import { workerData } from "node:worker_threads";
import { queryBlocking } from "./blocking-query.ts";

/** What all threads of a pool share. */
export interface PoolSetup {
  /** One blocking connection for each thread. */
  readonly connections: readonly number[];
  /** Two counters: connections taken, and threads that are there. */
  readonly counters: SharedArrayBuffer;
}

const setup: PoolSetup = workerData;
const counters = new Int32Array(setup.counters);
const fd = setup.connections[Atomics.add(counters, 0, 1)] ?? Number.NaN;

/** Makes a query, then waits until every thread of the pool has made one: so each has taken exactly one such task. */
export function assemble(): void {
  queryBlocking(fd);
  let there = Atomics.add(counters, 1, 1) + 1;
  if (there === setup.connections.length) Atomics.notify(counters, 1);
  while (there < setup.connections.length) {
    Atomics.wait(counters, 1, there);
    there = Atomics.load(counters, 1);
  }
}

export function query(): void {
  queryBlocking(fd);
}
