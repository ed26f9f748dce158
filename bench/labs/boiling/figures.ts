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

export interface Figures {
  readonly figures: Readonly<Record<string, number | undefined>>;
  readonly notes: readonly string[];
}

/**
 * Polls that a busy machine could not ask make the intervals longer. Theory is asked for the interval that was to be, and
 * is nothing to hold polls against whose own interval would have it say something else by more than this.
 */
const mostMovedPercent = 2;

/**
 * The figures of one trial. `per event` is for each event and subscriber, and without what the webhook itself takes of
 * the network; the server's CPU time is for each event, with it.
 */
export function figuresOf(measured: Measured): Figures {
  const { received, subscribers, loopback, ofWebhook, serverCpuMs } = measured;
  const { answers, deliveries, stalenessMs, bytesIn, bytesOut } = received;
  const events = deliveries / subscribers;
  const perDelivery = (value: number | undefined) =>
    value === undefined || deliveries === 0 ? undefined : value / deliveries;
  const withoutWebhooks = (part: keyof LoopbackTraffic) =>
    loopback === undefined || ofWebhook === undefined ? undefined : loopback[part] - events * ofWebhook[part];
  const polling = pollingFigures(measured);
  return {
    figures: {
      ...polling.figures,
      events,
      answers,
      requestsPerEvent: perDelivery(answers),
      stalenessMs: perDelivery(stalenessMs.reduce((sum, value) => sum + value, 0)),
      bytesPerEvent: perDelivery(bytesIn + bytesOut),
      ipBytesPerEvent: perDelivery(withoutWebhooks("bytes")),
      packetsPerEvent: perDelivery(withoutWebhooks("packets")),
      serverCpuPerEventUs: events === 0 ? undefined : (serverCpuMs * 1_000) / events,
    },
    notes: polling.notes,
  };
}

function pollingFigures({ received, subscribers, pollMs }: Measured): Figures {
  const { answers: polls, empty, deliveries, windowMs } = received;
  if (pollMs === undefined) return { figures: {}, notes: [] };
  // Chance decides how many events came: theory is asked about those.
  const eventsPerInterval = (deliveries / subscribers / windowMs) * pollMs;
  const askedPercent = (polls / ((subscribers * windowMs) / pollMs)) * 100;
  const counted = { eventsPerInterval, emptyPolls: empty, askedPercent };
  if (polls === 0) return { figures: counted, notes: ["no poll was answered"] };
  const wastedPercent = (empty / polls) * 100;
  const wastedTheoryPercent = emptyShare(eventsPerInterval) * 100;
  const asAskedPercent = emptyShare(deliveries / polls) * 100;
  if (Math.abs(asAskedPercent - wastedTheoryPercent) > mostMovedPercent) {
    const asked = `${Math.round(askedPercent)} % of the polls that were due`;
    return {
      figures: { ...counted, wastedPercent },
      notes: [`no theory beside it: only ${asked} could be asked, so the interval was not what it should be`],
    };
  }
  return {
    figures: {
      ...counted,
      wastedPercent,
      wastedTheoryPercent,
      wastedOffPercent: Math.abs(wastedPercent - wastedTheoryPercent),
      stalenessTheoryMs: meanAgeMs(pollMs),
      requestsTheoryPerEvent: eventsPerInterval === 0 ? undefined : pollsPerEvent(eventsPerInterval),
    },
    notes: [],
  };
}
