import type { Claim } from "./claim.ts";
import { costOver, twice } from "./comet-costs.ts";

const longPollingInefficient: Claim = {
  name: "long-polling-inefficient",
  title: "Long polling costs the server twice what ws does, or more",
  slides: [23, 25],
  statement:
    "Comet, which is to say pushing over HTTP requests that are held open, may be an inefficient hack: slide 25 puts that first among the reasons for something else, if with a question mark. It would then ask more of the server than a websocket does. This is about its best known kind, long polling.",
  background:
    "A long-polling page asks; the server keeps the request until there is something to say, answers it, and the page asks again. So each event takes an HTTP request and an answer, with heads that say the same every time, and the server parses and routes what a websocket does not send. On the other side stands that it is ordinary HTTP, which nothing on the way refuses. Our comet server answers through Express, as most did; a websocket's frames do not pass through it, and what Express takes of a request is beside the verdict.",
  said2011: "“an inefficient hack?”; no figure",
  method:
    "The servers comet and ws send the same events to as many subscribers, one event at a time, the next when all have it. All CPU time of the server's process meanwhile is divided by the deliveries; the webhook that brings the event is in it on both sides. The ratio is of the pairs within a block.",
  scenarios: ["fan-out", "connections", "ingest"],
  wouldChange:
    "A long-polling server that spends at most twice the CPU time of a websocket server on a delivery, with the same service behind both; or a load in which many events share an answer, as when they come faster than the subscribers ask.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "comet over ws, server CPU per delivery",
        unit: "times",
        estimate: costOver(evidence, "comet", "cpuPerDeliveryUs", "fan-out", "timed"),
        ...twice,
      },
    ],
    beside: [
      {
        what: "comet over ws, memory per connection",
        unit: "times",
        estimate: costOver(evidence, "comet", "bytesPerConnection", "connections", "held"),
      },
      {
        what: "comet over ws, bytes down per delivery",
        unit: "times",
        estimate: costOver(evidence, "comet", "bytesDownPerDelivery", "fan-out", "counted"),
      },
      {
        what: "comet, bytes up per delivery",
        unit: "bytes",
        estimate: evidence.estimate(
          { scenario: "fan-out", arm: "comet", figure: "bytesUpPerDelivery" },
          "counted",
        ),
      },
      {
        what: "with Express over without, server CPU per webhook",
        unit: "times",
        estimate: evidence.ratio(
          { scenario: "ingest", arm: "streaming", figure: "cpuPerEventUs" },
          { scenario: "ingest", arm: "bare", figure: "cpuPerEventUs" },
          "timed",
        ),
      },
    ],
  }),
};

export default longPollingInefficient;
