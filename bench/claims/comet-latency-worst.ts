import type { Claim } from "./claim.ts";
import { assumedFactors, type Estimate, isMissing, type Missing } from "./estimate.ts";

const scenario = "latency";
const at = (arm: string, figure: string) => ({ scenario, arm, figure });

/** Within a tenth of three: what server, client and machine add to 150 ms is less than that. */
const three = { atLeast: 2.7, atMost: 3.3 };

const claim: Claim = {
  name: "comet-latency-worst",
  title: "At worst, Comet takes three times as long as push",
  slides: [25],
  statement:
    "Latency is one of four reasons given against Comet. The article that the slide refers to reckons it out: with 50 ms from server to browser, a WebSocket delivers in 50 ms, and a request that has to be made anew for each answer takes three times that.",
  background:
    "With Comet, here a long poll, the browser keeps a request open until the server has something to say, and makes the next when the answer has come. An event that happens just behind an answer finds no request to answer: that answer has to arrive, the next request has to come, and only then does the event leave. These are three ways in place of one; RFC 6202, section 2.2, names the same number. An event that finds a request waiting takes one way, as with push. So the ratio is that of the worst case, and it has to be brought about to be seen.",
  said2011: "3:1 (websocket.org/quantum.html)",
  method:
    "A subscriber behind a relay that adds 50 ms each way, on each transport in turn. Webhooks come at random times, 100 per second on average, the same ones for every transport, so that some fall just behind an answer. The longest latency of Comet is set against the median of WebSocket, all of whose deliveries take one way: its own longest holds a single hiccup of the machine, and stands beside.",
  scenarios: [scenario],
  wouldChange:
    "A Comet in which the server has a second request at hand while the first is answered, or answers that do not end (streaming, measured beside): the event then need not wait for a request.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "longest latency of comet over the median of ws",
        unit: "times",
        estimate: orHiccup(evidence.ratio(at("comet", "worstTransits"), at("ws", "medianTransits"), "paced")),
        wanted: three,
        because:
          "the article says three to one; a tenth either way leaves room for what server, client and machine add, and none for two ways or four",
      },
    ],
    beside: [
      {
        what: "longest latency of comet, in one-way delays",
        unit: "times",
        estimate: evidence.estimate(at("comet", "worstTransits"), "paced"),
      },
      {
        what: "comet over ws, longest over longest",
        unit: "times",
        estimate: evidence.ratio(at("comet", "worstMs"), at("ws", "worstMs"), "paced"),
      },
      ...["streaming", "polling"].map((arm) => ({
        what: `longest latency of ${arm} over the median of ws`,
        unit: "times" as const,
        estimate: evidence.ratio(at(arm, "worstMs"), at("ws", "medianMs"), "paced"),
      })),
    ],
  }),
};

/** One hiccup of the machine makes the longest longer, never shorter: of too few trials, one above may be no more than that. */
function orHiccup(longest: Estimate | Missing): Estimate | Missing {
  if (isMissing(longest) || longest.basis !== "assumed" || longest.value <= three.atMost) return longest;
  return { ...longest, low: longest.value / assumedFactors.timed };
}

export default claim;
