import type { Claim } from "./claim.ts";
import type { Reading } from "./evidence.ts";

const reading = (arm: string, queryMs: number, figure = "perSecond"): Reading => ({
  scenario: "waiting",
  arm,
  point: { queryMs },
  figure,
});

export default {
  name: "waiting-limits-throughput",
  title: "What limits blocking code is its waiting, not its work",
  slides: [29, 31],
  statement:
    "A program that stops at each database query until the answer is there spends nearly all of its time doing nothing. The same program, written so that it goes on while the query is under way, serves many times as many requests on the same machine.",
  background:
    "The talk shows one line that asks a database, and puts the time that it waits beside it: 240 million processor cycles, which are 80 ms at the 3 GHz its source assumes. If each query takes 80 ms and a thread can have only one under way, Little's law leaves it 12.5 requests per second, whatever the processor could do. 80 ms is the source's figure for a ping over the Internet, though; a database is usually in the same building, where a round trip takes about half a millisecond, and blocking on it loses that much less.",
  said2011: "240 million cycles, 80 ms, for a query",
  method:
    "The same small web server waits in different ways for the same query, on one core: its only thread blocks on the socket, threads of a pool block, or an event loop goes on meanwhile. 200 clients each send their next request as soon as the last is answered. The query takes 80 ms, and for comparison 5 ms and 0.5 ms. With a real PostgreSQL (--database) the wait is a sleep in the database.",
  scenarios: ["waiting"],
  wouldChange:
    "A server whose one thread blocks for 80 ms on each query and which answers more than four times what the law allows it, or an event loop that cannot keep 50 such queries under way on one core.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "event loop over one blocked thread, requests per second with queries of 80 ms",
        unit: "times",
        // With 200 under way the event loop may be at the end of its core, and no longer wait.
        estimate: evidence.ratio(reading("event-loop", 80), reading("blocking-loop", 80), "timed"),
        wanted: { atLeast: 50 },
        because:
          "the talk gives no ratio; with 200 clients the law gives 200, and a quarter of it leaves room for what the processor has to do for each request",
      },
      {
        what: "one blocked thread, requests per second as a share of 1/80 ms",
        unit: "percent",
        estimate: evidence.estimate(reading("blocking-loop", 80, "ofLawPercent"), "paced"),
        wanted: { atLeast: 90, atMost: 110 },
        because: "if waiting is what limits it, nothing else takes a tenth of its time",
      },
    ],
    beside: [
      ...["pool-4", "pool-16", "pool-64", "event-loop"].map((arm) => ({
        what: `${arm}, requests per second as a share of the law`,
        unit: "percent" as const,
        estimate: evidence.estimate(reading(arm, 80, "ofLawPercent"), "paced"),
      })),
      ...[5, 0.5].map((queryMs) => ({
        what: `event loop over one blocked thread with queries of ${queryMs} ms`,
        unit: "times" as const,
        estimate: evidence.ratio(reading("event-loop", queryMs), reading("blocking-loop", queryMs), "timed"),
      })),
      {
        what: "event loop over a pool of 16 threads with queries of 0.5 ms",
        unit: "times",
        estimate: evidence.ratio(reading("event-loop", 0.5), reading("pool-16", 0.5), "timed"),
      },
    ],
  }),
} satisfies Claim;
