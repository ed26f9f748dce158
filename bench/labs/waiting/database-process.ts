/** The embedded database: answers each query a set time after it came, however many there are. */
import { nowMs } from "../../load/clock.ts";
import { serve } from "../../load/rpc.ts";
import { Alarm } from "../../network/alarm.ts";
import { DelayLine } from "../../network/delay-line.ts";
import { listenForQueries } from "./line-server.ts";

export interface DatabaseOrder {
  readonly queryMs: number;
}

/** CPU time since the process began, without that of waiting for what was soon due, which others may have. */
export interface Work {
  readonly atMs: number;
  readonly cpuMs: number;
}

let alarm: Alarm | undefined;

function listen({ queryMs }: DatabaseOrder): Promise<number> {
  // With one time for all, the first that came is the first that is due.
  const queries = new DelayLine<() => void>(queryMs, Number.POSITIVE_INFINITY);
  const ring = new Alarm(() => {
    for (let due = queries.take(nowMs()); due !== undefined; due = queries.take(nowMs())) due.item();
    ring.set(queries.nextDueMs);
  });
  alarm = ring;
  return listenForQueries((done) => {
    queries.enter(() => done(), 0, nowMs());
    ring.set(queries.nextDueMs);
  });
}

function work(): Work {
  const { user, system } = process.cpuUsage();
  return { atMs: nowMs(), cpuMs: (user + system) / 1_000 - (alarm?.turningMs ?? 0) };
}

const methods = { listen, work };
export type DatabaseMethods = typeof methods;
serve(methods);
