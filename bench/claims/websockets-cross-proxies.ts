import type { Claim } from "./claim.ts";
import { atReverseProxies, boxesInTheWay, scenario } from "./crossings.ts";

const claim: Claim = {
  name: "websockets-cross-proxies",
  title: "WebSockets cross firewalls, proxies and routers",
  slides: [22],
  statement:
    "A WebSocket begins as an HTTP request on the ports of HTTP, so whatever lets people browse should let it through: " +
    "firewalls, proxies and routers alike. The talk adds that this is the theory.",
  background:
    "The first request asks the server to change the protocol of the connection, with the header field Upgrade. That field " +
    "is about one connection: a proxy that does not know it has to take it out (RFC 9110, sections 7.6.1 and 7.8), and the " +
    "server then sees an ordinary request. In November 2010, 86.8 % of 54,534 views of an advertisement got through with such a " +
    "request on port 80 (Huang et al., W2SP 2011). Over TLS boxes on the way see nothing that they could object to: this is about ws:, not wss:.",
  said2011: "works across them, “theoretically”",
  method:
    "Six boxes with one habit each stand between subscriber and server: one that passes everything on, one that takes " +
    "Upgrade out, one that loses the answer to it, one that keeps answers back until they are whole, one that closes idle connections, and " +
    "one that lets only HTTP pass. A box is crossed when the first event comes, and another after it. Every subscriber has the same patience, network and " +
    "boxes; heartbeats come sooner than idle connections are closed. Boxes that do not pass Upgrade on are there by construction: " +
    "what is tested is whether a WebSocket gets through all the same, not how many such boxes there are.",
  scenarios: [scenario],
  wouldChange:
    "A WebSocket that has its events through a proxy which does not pass Upgrade on, without TLS and without asking for a tunnel by CONNECT.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "boxes of six that keep a WebSocket out",
        unit: "count",
        estimate: boxesInTheWay(evidence, "ws"),
        wanted: { atMost: 0 },
        because: "the slide names no exception; its own doubt is what is tested",
      },
    ],
    beside: [
      { what: "boxes of six that keep comet out", unit: "count", estimate: boxesInTheWay(evidence, "comet") },
      ...atReverseProxies(evidence, "ws", "WebSocket"),
    ],
  }),
};

export default claim;
