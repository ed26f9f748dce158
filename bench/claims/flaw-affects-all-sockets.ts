import type { Claim } from "./claim.ts";
import { nearlyAll, poisonedShare } from "./poisoned-share.ts";
import { partText, proxyStudy } from "./proxy-study.ts";

const { upgrade, flash, java } = proxyStudy;
const percent = (part: number, whole: number) => ((100 * part) / whole).toFixed(2);

const claim: Claim = {
  name: "flaw-affects-all-sockets",
  title: "The flaw is that of all sockets, Flash and Java too",
  slides: [27],
  statement:
    "The flaw is not one of WebSockets: whatever lets a page send bytes of its own over the port of HTTP has it, and Flash and Java had long let pages do that.",
  background:
    "Flash and Java gave pages plain TCP sockets to servers that permitted it, and an attacker's server does. Nothing stands between such a page and a proxy that reads its bytes: it can write a request for another host as it likes, without a handshake before it. " +
    `The study behind the slide (Huang et al., W2SP 2011) found just that to be worse in the field than WebSockets: caches were poisoned by Flash in ${partText(flash.poisoned, flash.succeeded)} and by Java in ${partText(java.poisoned, java.succeeded)} of the cases in which the socket opened, by the WebSockets of 2010 in ${partText(upgrade.poisoned, upgrade.succeeded)}. ` +
    `Requests went to the host that they named in ${partText(flash.hijacked, flash.succeeded)} and ${partText(java.hijacked, java.succeeded)}.`,
  said2011: `Flash ${percent(flash.poisoned, flash.succeeded)} %, Java ${percent(java.poisoned, java.succeeded)} % poisoned`,
  method:
    "The same toy proxy, attacker and victim as for masking. In place of a WebSocket, a plain TCP socket writes the forged request, as Flash and Java did once they were permitted; neither runs in a browser any more. The proxy has the flaw by design: what is tested is whether the attack needs anything of a WebSocket, not how many such proxies there were.",
  scenarios: ["poisoning"],
  wouldChange:
    "A proxy that stores responses by host and yet tells a plain socket's request from a browser's.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "plain TCP socket, tries that poisoned the cache",
        unit: "percent",
        estimate: poisonedShare(evidence, "raw-tcp"),
        wanted: nearlyAll,
        because:
          "If sockets are affected as such, every try has to succeed, but for what a thousand tries leave open.",
      },
    ],
    beside: [
      {
        what: "WebSocket without a mask",
        unit: "percent",
        estimate: poisonedShare(evidence, "unmasked"),
      },
    ],
  }),
};

export default claim;
