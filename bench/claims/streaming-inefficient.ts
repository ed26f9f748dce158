import type { Claim } from "./claim.ts";
import { costOver, twice } from "./comet-costs.ts";

const streamingInefficient: Claim = {
  name: "streaming-inefficient",
  title: "HTTP streaming costs the server twice what ws does, or more",
  slides: [23, 25],
  statement:
    "Comet may be an inefficient hack, slide 25 says with a question mark; and by the talk's own list it includes HTTP streaming: one answer that never ends, into which the server writes each event.",
  background:
    "Streaming asks once and then only listens, so that an event costs no request: what is left is a few bytes of framing and the same write to the same socket that a websocket has. Today browsers have it as server-sent events, with a standard, an API and reconnecting of its own. It goes one way alone: what a page has to say takes a request beside it.",
  said2011: "“an inefficient hack?”; no figure",
  method:
    "The servers streaming and ws send the same events to as many subscribers, one event at a time, the next when all have it. All CPU time of the server's process meanwhile is divided by the deliveries; the webhook that brings the event is in it on both sides. Only the first request of a stream passes through Express, before anything is measured. The ratio is of the pairs within a block.",
  scenarios: ["fan-out", "connections"],
  wouldChange:
    "A websocket server that spends at most half the CPU time of server-sent events on a delivery, with the same service behind both.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "streaming over ws, server CPU per delivery",
        unit: "times",
        estimate: costOver(evidence, "streaming", "cpuPerDeliveryUs", "fan-out", "timed"),
        ...twice,
      },
    ],
    beside: [
      {
        what: "streaming over ws, memory per connection",
        unit: "times",
        estimate: costOver(evidence, "streaming", "bytesPerConnection", "connections", "held"),
      },
      {
        what: "streaming over ws, bytes down per delivery",
        unit: "times",
        estimate: costOver(evidence, "streaming", "bytesDownPerDelivery", "fan-out", "counted"),
      },
    ],
  }),
};

export default streamingInefficient;
