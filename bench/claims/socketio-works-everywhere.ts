import type { Assertion, Claim } from "./claim.ts";
import { atReverseProxies, boxesInTheWay, scenario } from "./crossings.ts";
import type { Evidence } from "./evidence.ts";

/** What a few are read as. */
const fewRoundTrips = 4;

const claim: Claim = {
  name: "socketio-works-everywhere",
  title: "Socket.IO works everywhere, at little cost",
  slides: [36, 37, 38, 39, 40],
  statement:
    "A library that falls back from one transport to the next works in every browser and on every network, and whoever uses it " +
    "need not know which transport it came to.",
  background:
    "In 2011 Socket.IO tried WebSocket first, and gave it ten seconds before it went on to the next transport: where a box lost " +
    "the answer to the Upgrade, that is what its user waited. Today it begins with long polling, which is ordinary HTTP, and " +
    "changes to WebSocket behind the back of what is already working; the other order can be asked for. The old browsers are gone; " +
    "what is tested is the networks.",
  said2011: "every browser and mobile device",
  method:
    "Socket.IO 4 as it comes, polling first, on six boxes with one habit each. A box is crossed when the first event comes, and another after it. The time to " +
    "the first event is compared, in round trips of the network, with that of a plain WebSocket which starts beside it with no box in its way. " +
    "Beside it stands the order of 2011: how many of the client's timeouts it takes longer, since the timeout is shorter here in all profiles but full.",
  scenarios: [scenario],
  wouldChange:
    "A box that lets HTTP requests through and keeps Socket.IO's polling out, or a first event that takes many more round trips.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "boxes of six that keep Socket.IO out",
        unit: "count",
        estimate: boxesInTheWay(evidence, "socketio"),
        wanted: { atMost: 0 },
        because: "everywhere leaves no box out",
      },
      roundTrips(evidence, "strips-upgrade"),
      roundTrips(evidence, "swallows-upgrade"),
    ],
    beside: [
      {
        what: "boxes of six that keep Socket.IO out, WebSocket first",
        unit: "count",
        estimate: boxesInTheWay(evidence, "websocketFirst"),
      },
      {
        what: "first event at swallows-upgrade, WebSocket first beyond polling first, in timeouts of the client",
        unit: "times",
        estimate: evidence.estimate(
          { scenario, arm: "swallows-upgrade", figure: "websocketFirstExtraTimeouts" },
          "paced",
        ),
      },
      ...atReverseProxies(evidence, "socketio", "Socket.IO"),
    ],
  }),
};

function roundTrips(evidence: Evidence, arm: string): Assertion {
  return {
    what: `round trips to the first event beyond a WebSocket's, at ${arm}`,
    unit: "count",
    estimate: evidence.estimate({ scenario, arm, figure: "socketioExtraRoundTrips" }, "mixed"),
    wanted: { atMost: fewRoundTrips },
    because:
      "a user who waits a few round trips more does not notice the fallback; more than twice the two that a WebSocket " +
      "needs for TCP and its handshake are no longer a few",
  };
}

export default claim;
