import type { Claim } from "./claim.ts";
import type { Evidence } from "./evidence.ts";

const scenario = "ladder";

const step = (evidence: Evidence, far: string, near: string, names: string) => ({
  what: names,
  unit: "times" as const,
  estimate: evidence.ratio(
    { scenario, arm: far, figure: "medianNs" },
    { scenario, arm: near, figure: "medianNs" },
    "timed",
  ),
  wanted: { atLeast: 1.5 },
  because:
    "a rung that is half as high again as the one below is a rung; in the talk the lowest step is 4.7 times",
});

const latencyLadderOrder: Claim = {
  name: "latency-ladder-order",
  title: "From cache to network, each step out takes longer",
  slides: [30],
  statement:
    "Where the data lies decides how long a program waits for it: longest for the network, then the disk, then memory, then the second and the first cache of the processor, each step longer than the one before.",
  background:
    "The talk's slide comes from R. Dahl's talk on Node.js at JSConf.eu 2009, and its figures from an article of G. Duarte of 2008, who has them for a Core 2 Duo at 3 GHz: 3 cycles to the first cache, 14 to the second, 250 to memory, 41 million to the disk, 240 million across the Internet, which is 80 ms. It is the reason given for not waiting in a thread.",
  said2011: "3 : 14 : 250 : 41 million : 240 million",
  method:
    "A random walk through memory that fits the first cache, the second, or none; reads of 4 KiB from random places of a file, past the page cache; one byte there and back over TCP through a relay. Each figure is the median time of one access, the next beginning when the last has ended. The relay's round trip is set to the talk's 80 ms: no network was measured, and another would do as well as long as it is slower than the disk.",
  scenarios: [scenario],
  wouldChange:
    "A machine on which two neighbouring rungs take about as long. A network that is nearer would do it: a data centre's half a millisecond is little more than a disk without moving parts, and less than one with.",
  judge: (evidence) => ({
    assertions: [
      step(evidence, "l2", "l1", "second cache over first"),
      step(evidence, "ram", "l2", "memory over second cache"),
      step(evidence, "disk", "ram", "disk over memory"),
      step(evidence, "network", "disk", "network over disk"),
    ],
    beside: [
      ...(["l1", "l2", "l3", "ram", "disk", "loopback"] as const).map((arm) => ({
        what: `${arm}, one access`,
        unit: "ns" as const,
        estimate: evidence.estimate({ scenario, arm, figure: "medianNs" }, "timed"),
      })),
    ],
  }),
};

export default latencyLadderOrder;
