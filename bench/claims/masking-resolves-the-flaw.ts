import type { Claim } from "./claim.ts";
import { nearlyAll, nearlyNone, poisonedShare } from "./poisoned-share.ts";
import { partText, proxyStudy } from "./proxy-study.ts";

const { impressions, upgrade, connect } = proxyStudy;

const claim: Claim = {
  name: "masking-resolves-the-flaw",
  title: "Masking closes the hole in intercepting proxies",
  slides: [28],
  statement:
    "WebSockets had a security flaw: a page could use one to make proxies store its own script under another site's name. The slide stamps it as resolved. What resolved it is masking: a browser scrambles every frame it sends with a key that the page cannot know.",
  background:
    "Some proxies sit in the way unknown to the browser, send requests on by IP address, store responses by the Host header, and do not know the Upgrade of a WebSocket. To them the handshake is an ordinary request, and the next bytes are the next one: if a page's message spells a request for another host's script, and the page's own server answers it, everybody behind that proxy gets the attacker's script. " +
    `The slide's figures come from a study of Carnegie Mellon, Google and RTFM (Huang et al., W2SP 2011), not of the IETF, and are not about 47,338 proxies: an advertisement was shown ${impressions.toLocaleString("en")} times, and ${upgrade.succeeded.toLocaleString("en")} times the handshake went through. ` +
    `Of these, ${partText(upgrade.answeredByAttacker, upgrade.succeeded)} had the forged request answered, by the attacker's own server; ${upgrade.hijacked} was sent to the host it named; a cache was poisoned in ${partText(upgrade.poisoned, upgrade.succeeded)}. ` +
    `With the study's own proposal, CONNECT as a handshake, it was ${connect.poisoned} of ${connect.succeeded.toLocaleString("en")}. The working group took masking instead, in its drafts of 2011; RFC 6455, whose sections 5.3 and 10.3 are about it, came a month after the talk.`,
  said2011: `resolved; before, ${upgrade.poisoned} of ${upgrade.succeeded.toLocaleString("en")} poisoned`,
  method:
    "A toy proxy with the flaw, an attacker's server, a page and its victim run on loopback. The page sends the same forged request in each way; a try has poisoned the cache when the victim, asking for the other host's script, gets the attacker's. With a mask, the page prepares its bytes for the key it knows, so that they come out as the request if that is the key in use. The proxy has the flaw by design: what is tested is whether the mask stops the attack, not how many such proxies there were.",
  scenarios: ["poisoning", "masking"],
  wouldChange:
    "A way for a page to know or to choose the key of a frame before it settles what the frame holds, as with a predictable one; or bytes of a page's choosing that a browser sends unmasked.",
  judge: (evidence) => {
    const masking = (arm: string) => ({
      ...{ scenario: "masking", arm, point: { payloadBytes: 64 * 1024 } },
      figure: "cpuMsPerMb",
    });
    const poisoned = (what: string, arm: string) => ({
      what: `${what}, tries that poisoned the cache`,
      unit: "percent" as const,
      estimate: poisonedShare(evidence, arm),
    });
    return {
      assertions: [
        {
          ...poisoned("fresh mask", "fresh-mask"),
          wanted: nearlyNone,
          because:
            "Resolved means none. A thousand tries without a hit leave up to 0.37 % open; by chance a key would fit once in 2^32 frames.",
        },
        {
          ...poisoned("no mask", "unmasked"),
          wanted: nearlyAll,
          because:
            "The mask can only resolve what works without it: this proxy has the flaw, so that every try has to succeed but for what a thousand tries leave open.",
        },
      ],
      beside: [
        poisoned("a mask that the page knows", "predictable-mask"),
        poisoned("frames of the 2010 draft, hixie-76", "hixie-76"),
        poisoned("CONNECT as a handshake, no mask", "connect"),
        {
          what: "masking frames of 64 KiB, CPU per MB",
          unit: "ms",
          estimate: evidence.estimate(masking("masked"), "timed"),
        },
        {
          what: "masking against copying, CPU",
          unit: "times",
          estimate: evidence.ratio(masking("masked"), masking("copied"), "timed"),
        },
      ],
    };
  },
};

export default claim;
