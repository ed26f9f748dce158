import type { Claim } from "./claim.ts";

const scenario = "delivery";
const ws = { scenario, arm: "ws" };

/** What else the events could have come by. */
const others = ["comet", "streaming", "socketio", "tcp", "polling"] as const;

const dynamicDuo: Claim = {
  name: "dynamic-duo",
  title: "Webhook in, websocket out: an event crosses in real time",
  slides: [1, 41, 42, 43, 44, 45, 46, 47, 48],
  statement:
    "Webhooks and websockets belong together. Something happens at one company, whose server tells ours by a webhook; ours tells every open page over a websocket. Each hop is a push, so the page shows it while it happens: in the talk's demo, a phone call and then its recording.",
  background:
    "A webhook is an HTTP request that a server makes of another when something has happened, in place of being asked again and again. What crosses is only as quick as its slowest hop: a page that polls would wait for its next turn, however soon the webhook came. Webhooks are signed today, so that nobody else can send them, and checking that takes time. By R. Miller (1968) and J. Nielsen (1993), what answers within a tenth of a second is felt to happen at once.",
  said2011: "in real time; no figure",
  method:
    "Signed webhooks come at a rate that is set beforehand, whatever the answers do, and the server sends each to ten subscribers or more. Time runs from the moment at which a webhook was to be sent to the moment at which a subscriber has the event; the server's check of the signature is in it. The publisher, the server and the subscribers are processes of one machine, without a network in between unless the run has one; there is no telephone and no browser.",
  scenarios: [scenario],
  wouldChange:
    "A p99 over 100 ms at this rate, or one event that was sent and did not arrive. The distance between the machines comes on top: with a round trip of 200 ms between server and page, nobody's push arrives within a tenth of a second.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "webhook to subscriber over ws, p99",
        unit: "ms",
        estimate: evidence.estimate({ ...ws, figure: "p99Ms" }, "timed"),
        wanted: { atMost: 100 },
        because:
          "real time is read as what is felt to happen at once: a tenth of a second, for 99 of 100 events",
      },
      {
        what: "events lost over ws",
        unit: "count",
        estimate: evidence.errors(ws, ["publish", "dropped", "missing"]),
        wanted: { atMost: 0 },
        because: "an event that does not arrive has not crossed: webhooks not taken, and deliveries not made",
      },
    ],
    beside: ["ws", ...others].flatMap((arm) =>
      (["p50Ms", "p99Ms"] as const)
        .filter((figure) => arm !== "ws" || figure === "p50Ms")
        .map((figure) => ({
          what: `webhook to subscriber over ${arm}, ${figure === "p50Ms" ? "median" : "p99"}`,
          unit: "ms" as const,
          estimate: evidence.estimate({ scenario, arm, figure }, arm === "polling" ? "paced" : "timed"),
        })),
    ),
  }),
};

export default dynamicDuo;
