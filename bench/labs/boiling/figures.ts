import type { LoopbackTraffic } from "../../scenarios/scenario.ts";
import type { Received } from "./subscribers-process.ts";
import { emptyShare, meanAgeMs, pollsPerEvent } from "./theory.ts";

export interface Measured {
  readonly received: Received;
  readonly subscribers: number;
  /** Of those that poll; undefined of the others. */
  readonly pollMs: number | undefined;
  /** What went over loopback meanwhile; undefined where this machine does not tell. */
  readonly loopback: LoopbackTraffic | undefined;
  /** The part of it that one webhook takes with nobody subscribed. */
  readonly ofWebhook: LoopbackTraffic | undefined;
  /** CPU time of the server meanwhile. */
  readonly serverCpuMs: number;
}

/**
 * The figures of one trial. `per event` is for each event and subscriber, and without what the webhook itself takes of
 * the network; the server's CPU time is for each event, with it.
 */
export function figuresOf(measured: Measured): Record<string, number | undefined> {
  const { received, subscribers, pollMs, loopback, ofWebhook, serverCpuMs } = measured;
  const { answers, empty, deliveries, stalenessMs, bytesIn, bytesOut, windowMs } = received;
  const events = deliveries / subscribers;
  const perDelivery = (value: number | undefined) =>
    value === undefined || deliveries === 0 ? undefined : value / deliveries;
  const withoutWebhooks = (part: keyof LoopbackTraffic) =>
    loopback === undefined || ofWebhook === undefined ? undefined : loopback[part] - events * ofWebhook[part];
  return {
    ...(pollMs === undefined ? {} : pollingFigures(pollMs, answers, empty, events / windowMs)),
    events,
    answers,
    requestsPerEvent: perDelivery(answers),
    stalenessMs: perDelivery(stalenessMs.reduce((sum, value) => sum + value, 0)),
    bytesPerEvent: perDelivery(bytesIn + bytesOut),
    ipBytesPerEvent: perDelivery(withoutWebhooks("bytes")),
    packetsPerEvent: perDelivery(withoutWebhooks("packets")),
    serverCpuPerEventUs: events === 0 ? undefined : (serverCpuMs * 1_000) / events,
  };
}

function pollingFigures(pollMs: number, polls: number, empty: number, eventsPerMs: number) {
  // Chance decides how many events came: theory is asked about those.
  const eventsPerInterval = eventsPerMs * pollMs;
  const wastedPercent = polls === 0 ? undefined : (empty / polls) * 100;
  const wastedTheoryPercent = emptyShare(eventsPerInterval) * 100;
  return {
    eventsPerInterval,
    emptyPolls: empty,
    wastedPercent,
    wastedTheoryPercent,
    wastedOffPercent: wastedPercent === undefined ? undefined : Math.abs(wastedPercent - wastedTheoryPercent),
    stalenessTheoryMs: meanAgeMs(pollMs),
    requestsTheoryPerEvent: eventsPerInterval === 0 ? undefined : pollsPerEvent(eventsPerInterval),
  };
}
