import type { Claim } from "./claim.ts";
import { atReverseProxies, boxesInTheWay, scenario } from "./crossings.ts";

const claim: Claim = {
  name: "comet-is-compatible",
  title: "Comet gets through every box",
  slides: [23],
  statement:
    "Comet is a name for several ways to have a server answer late, all of them made of ordinary HTTP requests. So it works with " +
    "whatever works with HTTP.",
  background:
    "Long polling asks, and is answered when there is something to say: to a box on the way that is a slow request, and " +
    "nothing else. Streaming, which the same name covers, is one answer that never ends, and a box may wait for the end of an answer " +
    "before it passes it on (RFC 6202, section 3). The claim is tested by long polling; streaming stands beside it.",
  said2011: "“compatible”; no figure",
  method:
    "Six boxes with one habit each stand between subscriber and server: one that passes everything on, one that takes " +
    "Upgrade out, one that loses the answer to it, one that keeps answers back until they are whole, one that closes idle connections, and " +
    "one that lets only HTTP pass. A box is crossed when the first event comes, and another after it. A request is held " +
    "for less long than a connection may be idle, as by any service that knows such boxes.",
  scenarios: [scenario],
  wouldChange:
    "A box that passes ordinary requests and their answers on, slow ones too, and keeps long polling out.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "boxes of six that keep long polling out",
        unit: "count",
        estimate: boxesInTheWay(evidence, "comet"),
        wanted: { atMost: 0 },
        because: "compatible with some of them is not what the slide says",
      },
    ],
    beside: [
      {
        what: "boxes of six that keep streaming out",
        unit: "count",
        estimate: boxesInTheWay(evidence, "streaming"),
      },
      {
        what: "boxes of six that keep a WebSocket out",
        unit: "count",
        estimate: boxesInTheWay(evidence, "ws"),
      },
      ...atReverseProxies(evidence, "comet", "long polling"),
    ],
  }),
};

export default claim;
