import type { Claim } from "./claim.ts";
import { nearlyAll, nearlyNone, poisonedShare } from "./poisoned-share.ts";

const claim: Claim = {
  name: "wss-not-affected",
  title: "WebSockets over TLS (wss) do not have the flaw",
  slides: [27],
  statement:
    "The flaw by which a page could poison a proxy's cache does not touch secure WebSockets, those with an address that begins with wss.",
  background:
    "The attack needs a proxy that reads what passes and takes a page's bytes for a request. Inside of TLS it sees none of them: the handshake of the WebSocket and its frames are encrypted between browser and server. A proxy that is trusted with the keys, as some companies run them, is no longer in between but one of the ends, and is not meant here.",
  said2011: "not affected",
  method:
    "The same toy proxy, attacker and victim as for masking, and the same frames without a mask; the connection to the attacker's server is once in the clear and once in TLS. Both ends have the key of TLS beforehand, so that no certificate is needed; the records on the wire are as opaque as with one. The proxy reads them for requests all the same.",
  scenarios: ["poisoning"],
  wouldChange:
    "Bytes of an attacker's choosing that TLS itself sends in the clear, such as names or session tickets in its handshake, that a proxy in the field takes for a request.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "in TLS, tries that poisoned the cache",
        unit: "percent",
        estimate: poisonedShare(evidence, "tls"),
        wanted: nearlyNone,
        because: "Not affected means none, and a thousand tries without a hit leave up to 0.37 % open.",
      },
      {
        what: "the same frames in the clear",
        unit: "percent",
        estimate: poisonedShare(evidence, "unmasked"),
        wanted: nearlyAll,
        because: "That nothing happens in TLS says something only where the same bytes poison without it.",
      },
    ],
  }),
};

export default claim;
