import type { Beside, Claim } from "./claim.ts";
import { type Estimate, isMissing, type Missing } from "./estimate.ts";
import type { Evidence } from "./evidence.ts";

const scenario = "blur";
const [webSocket, longPoll] = ["socketio", "socketio-polling"] as const;
const at = (arm: string, figure: string) => ({ scenario, arm, figure });

const claim: Claim = {
  name: "transports-blurred",
  title: "One API makes the transports alike",
  slides: [39],
  statement:
    "Socket.IO is presented as one interface for every browser, which blurs the differences between the transports below it. Taken at its word, an application that uses it need not care which of them it got: what arrives, in which order and how soon is the same.",
  background:
    "Socket.IO begins with HTTP long polling and changes to a WebSocket where it can. An interface can hide how events travel, and can make up for what a transport lacks: it can put them in order, and with a cursor, the number of the last event that the subscriber had, it can deliver after a break what came meanwhile. It cannot make up for the time that the way takes. In Node.js the client of Socket.IO makes a connection for every request it polls with, one round trip more than in a browser; the threshold is one that a browser's long poll, at twice the mean of push, would miss as well.",
  said2011: "blurring the differences",
  method:
    "Socket.IO 4 twice, once as it comes and once held to long polling, and in the longer profiles our other transports behind the same client interface, each behind a relay that adds 50 ms each way. One subscriber stays, and has its events timed, 100 per second on average; one leaves, comes back, and says what it had last; one does the same without saying so. Events that are lost, repeated or out of order are counted. One more falls silent: its connections stay, and nothing comes through.",
  scenarios: [scenario],
  wouldChange:
    "A way so short that what the transports add is not noticed, or an interface that keeps a request in reserve. Whether events are lost is asked with the cursor of the service, which is no part of Socket.IO: without it, the figures beside the verdict hold.",
  judge: (evidence) => {
    // What the talk speaks of decides; a fault of another server of ours would be none of Socket.IO's.
    const judged = [webSocket, longPoll];
    const arms = [...new Set([...judged, ...evidence.arms(scenario)])];
    return {
      assertions: [
        {
          what: "mean latency of Socket.IO, long polling over WebSocket",
          unit: "times",
          estimate: evidence.ratio(at(longPoll, "meanMs"), at(webSocket, "meanMs"), "mixed"),
          wanted: { atMost: 1.5 },
          because:
            "differences that are blurred are still there, but small: half as long again is one that no application need be built for, and twice as long is not",
        },
        {
          what: "events of Socket.IO repeated or out of order, on the transport with more",
          unit: "count",
          estimate: most(evidence, judged, "disordered"),
          wanted: { atMost: 0 },
          because:
            "an application that has to sort its events, or to weed them, knows that they can come amiss",
        },
        {
          what: "events of Socket.IO lost over a break with a cursor, on the transport with more",
          unit: "count",
          estimate: most(evidence, judged, "lostWithCursor"),
          wanted: { atMost: 0 },
          because: "one that is lost is a difference that nothing makes up for",
        },
      ],
      beside: [
        {
          what: "longest latency of Socket.IO, long polling over WebSocket",
          unit: "times",
          estimate: evidence.ratio(at(longPoll, "worstMs"), at(webSocket, "worstMs"), "paced"),
        },
        {
          what: "mean latency, comet over ws behind one interface of ours",
          unit: "times",
          estimate: evidence.ratio(at("comet", "meanMs"), at("ws", "meanMs"), "paced"),
        },
        ...arms.map(
          (arm): Beside => ({
            what: `events lost over a break without a cursor, ${arm}`,
            unit: "count",
            estimate: evidence.estimate(at(arm, "lostBare"), "counted"),
          }),
        ),
        {
          what: "until the server of ws gave up a silent subscriber, in heartbeats",
          unit: "times",
          estimate: evidence.estimate(at("ws", "serverKnewHeartbeats"), "paced"),
        },
        ...arms.map(
          (arm): Beside => ({
            what: `silent subscribers that the server gave up while they were watched, of one, ${arm}`,
            unit: "count",
            estimate: evidence.estimate(at(arm, "serverKnew"), "counted"),
          }),
        ),
      ],
    };
  },
};

/** What the arm with the most comes to, in all its trials together; what one of them lacks, all lack. */
function most(evidence: Evidence, arms: readonly string[], figure: string): Estimate | Missing {
  const estimates = arms.map((arm) => evidence.total(at(arm, figure)));
  return estimates.reduce((one, other) => {
    if (isMissing(one)) return one;
    return isMissing(other) || other.value > one.value ? other : one;
  });
}

export default claim;
