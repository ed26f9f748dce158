import type { Claim } from "./claim.ts";
import type { Reading } from "./evidence.ts";

const reading = (arm: string, figure: string): Reading => ({ scenario: "cpu-bound", arm, figure });
const ingest = (arm: string, figure: string): Reading => ({ scenario: "ingest", arm, figure });

const cures = [
  ["worker-thread", "computing in a thread beside the loop"],
  ["in-parts", "computing in parts of a millisecond"],
  ["thread-per-connection", "a thread for each connection"],
] as const;

export default {
  name: "event-loop-scales-by-itself",
  title: "On an event loop, scalable programs come easily",
  slides: [33],
  statement:
    "Node.js is offered as an easy way to write network programs that scale: it is fast, its language suits an event loop, and its libraries do not block. Read as a promise: whoever writes one handler need not think of the others for all to be served in time.",
  background:
    "An event loop does one thing at a time. That is what makes it easy, and it holds for as long as each thing is short. A handler that computes for a tenth of a second makes every other request wait for all of it, however light. The talk does not speak of computing at all: what is tested is how far its word “easy” goes, and not whether an event loop serves network programs that compute little, which other claims are about. With threads the operating system takes turns between them, even on one core, without anybody having asked for it.",
  said2011: "“easy”, no figure",
  method:
    "A server on one core answers light requests that come at a constant rate, whatever the answers do, first alone and then while every third of a second another request takes a computation. The longest latency of a light request, counted from the time at which it was due, is compared. Where the computation is done is what differs: on the loop, on the loop in parts, in a thread beside it, or in the thread that the connection has.",
  scenarios: ["cpu-bound"],
  wouldChange:
    "A Node.js in which a handler that computes is interrupted for others, without its author doing anything for it.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "computing on the event loop, longest light latency over that without a computation",
        unit: "times",
        estimate: evidence.ratio(
          reading("on-the-loop", "maxMs"),
          reading("on-the-loop", "calmMaxMs"),
          "timed",
        ),
        wanted: { atMost: 2 },
        because:
          "the computation takes less than half of the core, so who has not to think of it would see waits no more than double",
      },
    ],
    beside: [
      {
        what: "computing on the event loop, longest light latency over the computation's own",
        unit: "times",
        estimate: evidence.ratio(reading("on-the-loop", "maxMs"), reading("on-the-loop", "heavyMs"), "timed"),
      },
      ...cures.map(([arm, words]) => ({
        what: `${words}, longest light latency over that without a computation`,
        unit: "times" as const,
        estimate: evidence.ratio(reading(arm, "maxMs"), reading(arm, "calmMaxMs"), "timed"),
      })),
      {
        what: "webhooks per second of bare node:http over those of the same service in Express",
        unit: "times",
        estimate: evidence.ratio(ingest("bare", "perSecond"), ingest("streaming", "perSecond"), "timed"),
      },
      {
        what: "CPU per webhook of bare node:http",
        unit: "µs",
        estimate: evidence.estimate(ingest("bare", "cpuPerEventUs"), "timed"),
      },
    ],
  }),
} satisfies Claim;
