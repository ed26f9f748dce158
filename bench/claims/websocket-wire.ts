import type { Claim } from "./claim.ts";
import { besideWs, bytes, messageRatio } from "./message-bytes.ts";

const wanted = { atLeast: 200 };

const websocketWire: Claim = {
  name: "websocket-wire",
  title: "WebSocket takes hundreds of times less of the network",
  slides: [25],
  statement:
    "The overhead of HTTP fills the network. The article that the talk points to gives its header bytes as network throughput: of 1,000, 10,000 and 100,000 clients with a message a second each, in bits a second, by polling and by WebSocket, 435 to 1, and 500 to 1 in its conclusion.",
  background:
    "What a network carries is packets. Each has some 52 bytes of headers of its own (20 of IP, 32 of TCP with timestamps), and each message is acknowledged: by WebSocket that is two packets, by polling on a kept connection three. So a message of two header bytes and 21 of its own is over a hundred on the wire, and the ratio of the headers is not that of the network. By that arithmetic it depends on what is counted. Of headers alone, 500 to 1 is not far off with headers of 2009. Of the wire, where each poll finds a message, as in the article's cases, it is. Of the wire, where most polls find nothing, it is not again, as one message a minute takes sixty polls a minute, and all of their bytes are its cost; that is a matter of asking in vain, which is a claim of its own, and not of headers. The article's Mbps are 2^20 bits: its 6.6 are 6.97 million bits a second.",
  said2011: "435:1; 6.6 Mbps to 0.015, 1,000 clients",
  method:
    "The same message of 21 bytes, one an interval for each client, by polls with the header blocks of the article's sizes, by polls of today, by push. IP bytes and packets are counted by the kernel on a loopback interface that nothing else uses, acknowledgements too; application bytes at the clients' sockets, which need no such interface. With 1,000 clients (10,000 in longer profiles) each gets its message a second, as in the article; 100,000 are computed, by 52 bytes for each packet and the application's bytes, a formula that every trial is held against.",
  scenarios: [bytes],
  wouldChange:
    "Header blocks of some 25,000 bytes for each poll; or counting for one message what several polls took. Over TLS both gain a few tens of bytes for each message, which brings them closer together.",
  judge: (evidence) => {
    return {
      assertions: [
        {
          ...{ what: "bytes on the wire per message, a poll of 2009 over ws", unit: "times", wanted },
          estimate: messageRatio(evidence, "poll-2009", "ws", "wireBytes"),
          because:
            "the figures are given as throughput of a network, which is what it carries; hundreds are two hundred at least, less than half of the 435:1 of the article's cases",
        },
        {
          ...{ what: "the same without what TCP and IP add", unit: "times", wanted },
          estimate: messageRatio(evidence, "poll-2009", "ws", "applicationBytes"),
          because:
            "what is added to each packet brings the two closer together: the wire's ratio can only be less than this one",
        },
      ],
      beside: [
        ...besideWs(evidence, "wireBytes", {
          "poll-today": "on the wire, with a browser's headers of today, over ws",
          "poll-close": "on the wire, with a new connection for each poll, over ws",
          "poll-bare": "on the wire, with as few headers as can be, over ws",
          "poll-h2": "on the wire, over HTTP/2, over ws",
          comet: "on the wire, comet with a browser's headers of today, over ws",
          streaming: "on the wire, server-sent events over ws",
          tcp: "on the wire, raw TCP over ws",
        }),
        {
          what: "computed: one message a minute asked for every second, a poll of 2009 over ws",
          unit: "times",
          estimate: messageRatio(evidence, "poll-2009", "ws", "oneAMinuteWireBytes"),
        },
        ...["poll-2009", "ws"].flatMap((arm) => [
          ...evidence
            .points(bytes, arm)
            .filter(({ clients = 0 }) => clients >= 1_000)
            .map((point) => ({
              what: `bits on the wire, ${point.clients?.toLocaleString("en")} clients, ${arm}`,
              unit: "per second" as const,
              estimate: evidence.estimate(
                { scenario: bytes, arm, point, figure: "bitsPerSecond" },
                "counted",
              ),
            })),
          {
            what: `computed: bits on the wire, 100,000 clients, ${arm}`,
            unit: "per second" as const,
            estimate: evidence.estimate({ scenario: bytes, arm, figure: "computedBitsPerSecond" }, "counted"),
          },
        ]),
      ],
    };
  },
};

export default websocketWire;
