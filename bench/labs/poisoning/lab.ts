import type { ProfileName } from "../../profiles.ts";
import type { Lab } from "../lab.ts";
import type { OutsideMethods } from "./outside-process.ts";
import { isProtocolName, type ProtocolName } from "./protocols.ts";
import type { ProxyMethods } from "./proxy-process.ts";

/** Of each arm. A thousand without a hit put the share below 0.37 %. */
const tries = { smoke: 20, quick: 1_000, standard: 1_000, full: 1_000 } satisfies Record<ProfileName, number>;

const summaries: Readonly<Record<ProtocolName, string>> = {
  "hixie-76": "the WebSocket draft of 2010, whose frames are text between 0x00 and 0xFF",
  unmasked: "frames of RFC 6455, without the mask that it asks for",
  "predictable-mask": "frames of RFC 6455, masked with a key that the page knows",
  "fresh-mask": "frames of RFC 6455 as it wants them: masked with a fresh random key",
  connect: "the study's proposal: a CONNECT as handshake, then frames without mask",
  "raw-tcp": "no handshake and no frames: a socket as Flash and Java gave it to a page",
  tls: "wss: handshake and frames without mask, inside of TLS",
};

const lab: Lab = {
  name: "poisoning",
  question: "Can a page put its own script into a proxy's cache, under the name of another site?",
  columns: [
    { figure: "tries", title: "tries", unit: "count", better: "higher" },
    { figure: "poisoned", title: "poisoned", unit: "count", better: "lower" },
    { figure: "poisonedPercent", title: "share", unit: "percent", better: "lower" },
    { figure: "perTryMs", title: "time per try", unit: "ms", better: "lower" },
  ],
  arms: Object.entries(summaries).map(([name, summary]) => ({ name, summary })),
  conditions: () => [
    "A toy proxy of our own in the way to every server: it sends on by IP address, caches by host, knows CONNECT and not Upgrade. All of it on loopback, whatever the network of the run.",
    "In each try a page opens a connection to its own server and sends bytes over it that spell a request to another host; its server answers that with a script which may be cached. The try has poisoned the cache when a second browser behind the proxy, asking for that host's script, gets the attacker's.",
  ],
  cells: () => Object.keys(summaries).map((arm) => ({ arm, point: {} })),
  // Exact counts: repeats would tell nothing.
  blocks: () => 1,
  expectedMs: (_cell, { profile }) => 200 + 0.6 * tries[profile],
  async measure({ arm }, bench) {
    if (!isProtocolName(arm)) throw new Error(`expected an arm of this lab, got ${arm}`);
    const count = tries[bench.options.profile];
    const proxy = bench.start<ProxyMethods>("poisoning/proxy-process.ts", "server");
    const outside = bench.start<OutsideMethods>("poisoning/outside-process.ts", "load");
    const ports = await proxy.call("standBefore", await outside.call("listen", { protocol: arm }));
    const [attackerPort = 0, targetPort = 0] = ports;
    const order = { protocol: arm, tries: count, attackerPort, targetPort };
    const { poisoned, durationMs } = await outside.call("attackAll", order);
    return {
      figures: {
        tries: count,
        poisoned,
        poisonedPercent: (100 * poisoned) / count,
        perTryMs: durationMs / count,
      },
      ...(arm === "fresh-mask" && {
        notes: [
          "A page that guesses the key is right once in 2^32 frames, which no number of tries here shows.",
        ],
      }),
    };
  },
};

export default lab;
