import type { Claim } from "./claim.ts";
import { type Estimate, isMissing, type Missing } from "./estimate.ts";
import type { Evidence } from "./evidence.ts";

const scenario = "limits";
const arm = "ws";

/** Threads in the configuration that Apache 2.2 was shipped with; other numbers of the time are in `background`. */
const threadsIn2011 = 150;

/** “Orders of magnitude”, in the plural. */
const timesAsMany = 100;

const wantedConnections = threadsIn2011 * timesAsMany;

const claim: Claim = {
  name: "orders-of-magnitude-more-connections",
  title: "An event loop really holds 100 thread pools' worth",
  slides: [29],
  statement:
    "With webhooks coming in and WebSockets going out, slide 29 expects orders of magnitude more connections open at the same time than servers of its day were made for. This claim is about what is really held: whether one ordinary process with an event loop keeps a hundred times as many WebSockets as such a server had threads, and whether every one of them is served.",
  background:
    "Servers with a thread for each connection were given a fixed number of them. Apache 2.2 was shipped with a configuration of 150 for its threaded module (MaxClients of the worker MPM in conf/extra/httpd-mpm.conf), and without that file had 400 (16 processes of 25 threads, by its manual); Tomcat 6 and 7 had 200 (maxThreads of the HTTP connector). These settings could be raised, and say what was usual, not what was possible. The verdict depends on which is taken: a hundred times 200 or 400 is more than one process may hold where it may have 20,000 open files. What one connection costs in either model is judged by worker-threads-do-not-scale and native-threads-do-not-scale; that ten thousand clients on one machine were a problem at all is D. Kegel's page of 1999, “The C10K problem”.",
  said2011: `${threadsIn2011} threads (Apache 2.2 as shipped)`,
  method:
    "The WebSocket server, one process on one core, is asked for as many connections as one process may have open files, or nearly. They connect as fast as server and load can, and stay. Then events are pushed to all of them, and each delivery is counted. A ramp that ends at the number asked for, or at a limit of the system's, shows that so many are held at least; only one that the server itself ends shows that it holds no more.",
  scenarios: [scenario],
  wouldChange: `An event loop that refuses connections, or loses events, before ${wantedConnections.toLocaleString("en")} of them are held.`,
  judge: (evidence) => {
    const of = (figure: string) => ({ scenario, arm, figure });
    return {
      assertions: [
        {
          what: "WebSockets held at once by one process with one event loop",
          unit: "count",
          estimate: heldBy(evidence),
          wanted: { atLeast: wantedConnections },
          because: `a hundred times the ${threadsIn2011} threads that Apache 2.2, the threaded server that the talk's sources compare with, was shipped configured for, the smallest of the numbers in use; “orders of magnitude” are at least two`,
        },
        {
          what: "subscriptions and events lost while all of them were held",
          unit: "count",
          estimate: evidence.errors({ scenario, arm }, ["ended", "missing"]),
          wanted: { atMost: 0 },
          because: "a connection that is open and not served is not one that the server holds",
        },
      ],
      beside: [
        {
          what: "memory of the machine over that of one WebSocket",
          unit: "count",
          estimate: evidence.estimate(of("fitMachine"), "held"),
        },
        {
          what: "the same of the server with a worker thread for each connection",
          unit: "count",
          estimate: evidence.estimate({ ...of("fitMachine"), arm: "threads-streaming" }, "held"),
        },
        {
          what: "until the last of all WebSockets has an event",
          unit: "ms",
          estimate: evidence.estimate(of("lastMs"), "timed"),
        },
      ],
    };
  },
};

export default claim;

/** How many it held, where that says something: so many at least are enough, or the server would hold no more. */
function heldBy(evidence: Evidence): Estimate | Missing {
  const held = evidence.estimate({ scenario, arm, figure: "held" }, "counted");
  if (isMissing(held) || held.low >= wantedConnections) return held;
  const ceiling = evidence.estimate({ scenario, arm, figure: "ceiling" }, "counted");
  if (!isMissing(ceiling)) return ceiling;
  return {
    missing: `it held ${held.value.toLocaleString("en")}, and it was not the server that ended the ramp; see what did in the notes of ${scenario}`,
  };
}
