import type { Claim } from "./claim.ts";
import type { Reading } from "./evidence.ts";

const reading = (arm: string, figure: string): Reading => ({
  scenario: "waiting",
  arm,
  point: { queryMs: 80 },
  figure,
});

export default {
  name: "waiting-wastes-cycles",
  title: "While one query waits, the processor's cycles are lost",
  slides: [29, 31],
  statement:
    "While a blocking query waits, 240 million cycles of the processor go by idle, and time is wasted. Taken at its word: they are cycles that nothing else gets.",
  background:
    "The talk counts the wait for a database in processor cycles, and so do its sources. A thread that blocks in the operating system is not run until its answer is there, though, and the processor is free for any other thread. What the wait does take is the thread: its stack, and in Node.js a whole heap of V8. Whoever has one thread only loses the time of that thread; whoever has many pays for each of them in memory, and in processor time when a request is handed from one to another.",
  said2011: "idle for 240 million cycles",
  method:
    "A pool of 64 threads, all on one core, serves 200 clients; each thread blocks on the socket of its own query of 80 ms. If the cycles of one wait were lost to all others, 64 threads on one core could not wait at once: their throughput would be that of one. Beside it stands the CPU time of all threads together, as the operating system has it, by the queries that were answered in that time; the handling of the requests is in it.",
  scenarios: ["waiting"],
  wouldChange:
    "A system on which a thread that blocks keeps its core busy, such as one that waits by asking again and again.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "64 blocked threads on one core, requests per second as a share of 64/80 ms",
        unit: "percent",
        estimate: evidence.estimate(reading("pool-64", "ofLawPercent"), "paced"),
        wanted: { atMost: 50 },
        because:
          "were the cycles of one wait lost to all others, 64 waits on one core would do what one does, a 64th of the law; half of it lies far from either",
      },
    ],
    beside: [
      {
        what: "CPU time of a query that 64 threads block on, as a share of its 80 ms",
        unit: "percent",
        estimate: evidence.estimate(reading("pool-64", "cpuOfWaitPercent"), "timed"),
      },
      {
        what: "memory of a server with 64 threads over that of the event loop",
        unit: "times",
        estimate: evidence.ratio(reading("pool-64", "rssBytes"), reading("event-loop", "rssBytes"), "held"),
      },
      {
        what: "CPU time of a query, 64 threads over the event loop",
        unit: "times",
        estimate: evidence.ratio(
          reading("pool-64", "cpuOfWaitPercent"),
          reading("event-loop", "cpuOfWaitPercent"),
          "timed",
        ),
      },
      {
        what: "CPU of one blocked thread with 200 clients waiting",
        unit: "percent",
        estimate: evidence.estimate(reading("blocking-loop", "cpuPercent"), "timed"),
      },
      {
        what: "256 threads over the event loop, requests per second",
        unit: "times",
        estimate: evidence.ratio(
          reading("pool-256", "perSecond"),
          reading("event-loop", "perSecond"),
          "timed",
        ),
      },
    ],
  }),
} satisfies Claim;
