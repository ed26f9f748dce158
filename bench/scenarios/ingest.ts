import { cpuPerEventUs } from "./cpu.ts";
import { joined } from "./joined.ts";
import { loadBusy } from "./load-costs.ts";
import { ingestNetwork, ipConditions } from "./network-costs.ts";
import type { Scenario } from "./scenario.ts";
import { eventLoop, loopDelay, serverBusy } from "./server-costs.ts";

const payloadBytes = 128;

const costs = joined(serverBusy, eventLoop, loopDelay, ingestNetwork, loadBusy);

const ingest: Scenario = {
  name: "ingest",
  question: "How many webhooks per second, with nobody subscribed?",
  columns: [
    { figure: "perSecond", title: "webhooks", unit: "per second", better: "higher" },
    { figure: "cpuPerEventUs", title: "server CPU per webhook", unit: "µs", better: "lower" },
  ],
  costs: costs.columns,
  saturates: true,
  conditions: (profile) => [
    `Autocannon, closed model: each connection sends its next webhook of ${payloadBytes} bytes when the last is answered, for ${profile.measureMs / 1_000} s.`,
    ipConditions,
  ],
  points: ({ ingestConnections }) => ingestConnections.map((connections) => ({ connections })),
  // Webhooks in a closed model cannot overload a server; the ceiling is about subscribers.
  clamp: (point) => point,
  load: ({ connections = 0 }, profile) => ({
    subscribers: 0,
    rampMs: profile.rampMs,
    watchLoopDelay: true,
    warmUp: { kind: "closed", connections, durationMs: profile.warmUpMs, payloadBytes },
    measure: { kind: "closed", connections, durationMs: profile.measureMs, payloadBytes },
  }),
  figures: (measured) => {
    const cost = costs.figures(measured);
    return {
      figures: {
        perSecond: measured.accepted / (measured.durationMs / 1_000),
        cpuPerEventUs: cpuPerEventUs(measured),
        ...cost.figures,
      },
      notes: cost.notes,
    };
  },
};

export default ingest;
