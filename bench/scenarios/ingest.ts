import { cpuPerEventUs } from "./cpu.ts";
import type { Scenario } from "./scenario.ts";

const payloadBytes = 128;

const ingest: Scenario = {
  name: "ingest",
  question: "How many webhooks per second, with nobody subscribed?",
  columns: [
    { figure: "perSecond", title: "webhooks", unit: "per second", better: "higher" },
    { figure: "cpuPerEventUs", title: "server CPU per webhook", unit: "µs", better: "lower" },
  ],
  costs: [],
  saturates: true,
  conditions: (profile) => [
    `Autocannon, closed model: each connection sends its next webhook of ${payloadBytes} bytes when the last is answered, for ${profile.measureMs / 1_000} s.`,
  ],
  points: ({ ingestConnections }) => ingestConnections.map((connections) => ({ connections })),
  // Webhooks in a closed model cannot overload a server; the ceiling is about subscribers.
  clamp: (point) => point,
  load: ({ connections = 0 }, profile) => ({
    subscribers: 0,
    rampMs: profile.rampMs,
    warmUp: { kind: "closed", connections, durationMs: profile.warmUpMs, payloadBytes },
    measure: { kind: "closed", connections, durationMs: profile.measureMs, payloadBytes },
  }),
  figures: (measured) => ({
    figures: {
      perSecond: measured.accepted / (measured.durationMs / 1_000),
      cpuPerEventUs: cpuPerEventUs(measured),
    },
    notes: [],
  }),
};

export default ingest;
