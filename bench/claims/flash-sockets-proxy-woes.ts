import type { Claim } from "./claim.ts";
import { boxesInTheWay, scenario } from "./crossings.ts";

const httpOnly = { scenario, arm: "http-only" };

const claim: Claim = {
  name: "flash-sockets-proxy-woes",
  title: "Raw sockets fail where only HTTP may pass",
  slides: [24],
  statement:
    "A Flash socket is a plain TCP connection. Proxies and routers that are there for HTTP make trouble for it.",
  background:
    "Flash is gone; what it did on the wire is not hard to do again: a connection to a port of the server's own, and " +
    "messages that end with a NUL. A network that lets people browse and nothing more closes that port, and what looks " +
    "into the port of HTTP expects requests there. Flash also could not use a browser's proxy. In 2010, 0.4 % of its users could " +
    "not even ask for the policy file that it needs first, as that port was closed to them (Huang et al., W2SP 2011).",
  said2011: "proxy and router woes; no figure",
  method:
    "One of six boxes lets nothing through but HTTP on the port of HTTP. Raw TCP tries both ways: by a port of its own, " +
    "and by that port. A WebSocket, which begins as an HTTP request, tries the same box, so that it is the box's view of HTTP that decides.",
  scenarios: [scenario],
  wouldChange:
    "A raw connection that has its events through a box which reads HTTP and passes nothing else on.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "ways by which raw TCP passes a box for HTTP only",
        unit: "count",
        estimate: evidence.estimate({ ...httpOnly, figure: "tcpWays" }, "counted"),
        wanted: { atMost: 0 },
        because: "one way would be enough to have no trouble with it",
      },
      {
        what: "WebSockets kept out by the same box",
        unit: "count",
        estimate: evidence.estimate({ ...httpOnly, figure: "wsBlocked" }, "counted"),
        wanted: { atMost: 0 },
        because: "a box that keeps everything out says nothing about raw sockets",
      },
    ],
    beside: [
      {
        what: "boxes of six that keep raw TCP out, on a port of its own",
        unit: "count",
        estimate: boxesInTheWay(evidence, "tcp"),
      },
      {
        what: "boxes of six that keep raw TCP out, on the port of HTTP",
        unit: "count",
        estimate: boxesInTheWay(evidence, "tcpOnHttpPort"),
      },
    ],
  }),
};

export default claim;
