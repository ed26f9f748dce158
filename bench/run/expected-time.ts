import type { IoModel, Transport } from "../../servers/contract.ts";
import type { Traffic } from "../scenarios/scenario.ts";
import type { RunOptions } from "./options.ts";
import type { PlannedTrial } from "./plan.ts";

/** How long a trial takes: its traffic lasts as long as it is told to, the rest is guessed until it is seen. */
export interface ExpectedTime {
  readonly trafficMs: number;
  readonly overheadMs: number;
}

/** What work takes on a server of one I/O model, in milliseconds. */
interface Costs {
  /** Starting the processes, verifying and stopping. */
  readonly start: number;
  /** One connection, which takes a thread of Node.js tens of milliseconds. */
  readonly connect: number;
  /** One webhook: what overloads a server that is warmed up at ten times the measured rate. */
  readonly webhook: number;
  /** Handing one subscriber an event. */
  readonly deliver: number;
}

/** Measured on two virtual cores with the profiles `smoke` and `quick`. */
const costs: Record<IoModel, Costs> = {
  "event loop": { start: 240, connect: 1, webhook: 0.5, deliver: 0.04 },
  "thread per connection": { start: 340, connect: 25, webhook: 5, deliver: 0.3 },
  "process per request": { start: 450, connect: 60, webhook: 50, deliver: 60 },
};

/** Opening a page in the browser, and closing it. */
const pageMs = 1_000;

/** Connections of the publisher. */
const webhookConnections = 8;

/** Subscribers of these transports ask at an interval. */
const polled: readonly Transport[] = ["polling"];

/** How long the trial is expected to take. */
export function expectedTime(planned: PlannedTrial, options: RunOptions): ExpectedTime {
  if (planned.kind === "lab")
    return { trafficMs: 0, overheadMs: planned.scenario.expectedMs(planned, options) };
  const { scenario, server, point } = planned;
  const load = scenario.load(point, options);
  const { start, connect, webhook, deliver } = costs[server.ioModel];
  const intervalMs = polled.includes(server.transport) ? (load.ownPollMs ?? options.pollMs) : 0;
  const extraMs = (traffic: Traffic) => {
    switch (traffic.kind) {
      case "idle":
        return 0;
      case "closed":
        return Math.min(traffic.connections, webhookConnections) * connect;
      case "open": {
        const busyMs = ((traffic.eventsPerSecond * traffic.durationMs) / 1_000) * webhook;
        return webhookConnections * connect + Math.max(0, busyMs - traffic.durationMs) + intervalMs;
      }
      case "rounds": {
        // Polling subscribers are given a pause between the rounds, of half its maximum on average.
        const polledMs = intervalMs * (1 + traffic.pausePolls / 2);
        const roundMs = Math.max(polledMs, 1 + load.subscribers * deliver);
        const rounds = Math.min(
          traffic.atMost,
          Math.max(traffic.atLeast, Math.ceil(traffic.forMs / roundMs)),
        );
        return rounds * roundMs - traffic.forMs;
      }
    }
  };
  const each = connect + (load.subscribersAre === "pages" ? pageMs : 0);
  const ramp = Math.min(load.rampMs, load.subscribers * each);
  return {
    trafficMs: durationOf(load.warmUp) + durationOf(load.measure),
    overheadMs: start + ramp + extraMs(load.warmUp) + extraMs(load.measure),
  };
}

/** How long the traffic is to last. */
export function durationOf(traffic: Traffic): number {
  return traffic.kind === "rounds" ? traffic.forMs : traffic.durationMs;
}
