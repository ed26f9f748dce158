import type { Beside, Claim } from "./claim.ts";
import type { Evidence } from "./evidence.ts";

const scenario = "latency";
const at = (arm: string, figure: string) => ({ scenario, arm, figure });

const claim: Claim = {
  name: "comet-latency-typical",
  title: "An event takes three times as long over Comet",
  slides: [25],
  statement:
    "The slide gives latency as a reason against Comet without saying of which event, and the article it refers to closes with a three-to-one reduction in latency. Taken at its word, that is what an application gains that changes from Comet to a WebSocket: its events arrive in a third of the time.",
  background:
    "Three ways across the network in place of one is the worst case of a long poll: an event just behind an answer. Others find the next request under way, and wait for a part of its way; where events are rare, most find a request that waits, and wait for nothing. With events at random times the mean can be reckoned: with m events on average in one round trip it is 1 + m / (m + e^-m) one-way delays. It goes from one, where events are rare, to two, where they are many, and has no way to three.",
  said2011: "3:1 (websocket.org/quantum.html)",
  method:
    "As for the worst case: a subscriber behind a relay that adds 50 ms each way, on each transport in turn, and the same webhooks at random times for all. The mean over all events of Comet is set against that of WebSocket at 100 per second, the rate at which Comet does worst; what it is at lower rates stands beside, as does what the formula gives.",
  scenarios: [scenario],
  wouldChange:
    "Events that come in pairs, the second always just behind the first: those seconds meet the worst case each time, and the mean over both kinds would be two still. Only an application to which nothing but the slowest event matters sees three to one.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "mean latency of comet over that of ws",
        unit: "times",
        estimate: evidence.ratio(at("comet", "meanMs"), at("ws", "meanMs"), "paced"),
        wanted: { atLeast: 2.7, atMost: 3.3 },
        because:
          "three to one, with a tenth either way, as for the worst case; at the highest rate measured, which is the one that speaks most for the claim",
      },
    ],
    beside: [
      ...byRate(evidence),
      ...["streaming", "polling"].map((arm) => ({
        what: `mean latency of ${arm} over that of ws`,
        unit: "times" as const,
        estimate: evidence.ratio(at(arm, "meanMs"), at("ws", "meanMs"), "paced"),
      })),
    ],
  }),
};

/** What Comet's mean is at each rate, and what it should be. */
function byRate(evidence: Evidence): Beside[] {
  return evidence.points(scenario, "comet").flatMap((point) => {
    const rate = `${point.eventsPerSecond ?? 0} events per second`;
    const reading = (figure: string) => evidence.estimate({ ...at("comet", figure), point }, "paced");
    return [
      {
        what: `mean latency of comet at ${rate}, in one-way delays`,
        unit: "times" as const,
        estimate: reading("meanTransits"),
      },
      { what: `the formula's mean at ${rate}`, unit: "times" as const, estimate: reading("lawMeanTransits") },
    ];
  });
}

export default claim;
