import type { Claim } from "./claim.ts";
import type { Evidence } from "./evidence.ts";
import { at, polling, pollingPoints } from "./polling-points.ts";

const because =
  "the picture makes no exception, so it is read as always: even where many events come in an interval, where polling is at its best, it costs no less";

const pollingAlwaysCostsMore: Claim = {
  name: "polling-always-costs-more",
  title: "Polling always costs more than push, per event",
  slides: [4],
  statement:
    "The picture of the kettle has no case in which asking is the better way: whoever polls pays for every question, whoever is told pays for the event alone. So an event costs more by polling than by push, whatever the rate.",
  background:
    "A push is one message for each event: a packet and its acknowledgement, a call into the kernel, a frame. A poll is a request and an answer, whatever the answer holds: with rare events most of them hold nothing, but with many events in an interval one answer brings them all. What polling pays for a batch, push pays for each event. The price is age: what waits for the next poll is half an interval old on average. A push server could batch as well, at the same price; ours do not.",
  said2011: "a picture; no figure",
  method:
    "The same events at the same times go to subscribers who poll, to subscribers of a held request (comet) and to subscribers of a WebSocket, each on our own server for it. Judged where most events come in an interval: twenty. Requests are counted by the subscribers, packets and bytes by the kernel, without those of the webhooks themselves. Requests are those of a bare client; a browser's would be some 500 bytes longer, one for each batch.",
  scenarios: [polling.scenario],
  wouldChange:
    "A push transport of ours that puts the events of an interval into one packet: then the advantage is that of batching, not of asking, and polling has none.",
  judge: (evidence) => {
    const best = pollingPoints(evidence).at(-1);
    // Without the webhooks' own they are differences of counts, and how packets fall together is a matter of time.
    const over = (arm: string, figure: string, nature: "counted" | "paced" | "timed" = "counted") =>
      evidence.ratio({ ...at(polling, best), figure }, { ...ofPush(arm, best), figure }, nature);
    const wanted = { atLeast: 1 };
    return {
      assertions: [
        {
          ...{ what: "IP bytes per event, polling over ws", unit: "times", wanted, because },
          estimate: over("ws", "ipBytesPerEvent", "paced"),
        },
        {
          ...{ what: "packets per event, polling over ws", unit: "times", wanted, because },
          estimate: over("ws", "packetsPerEvent", "timed"),
        },
        {
          ...{ what: "requests per event, polling over comet", unit: "times", wanted, because },
          estimate: over("comet", "requestsPerEvent"),
        },
      ],
      beside: [
        {
          what: "application bytes per event, polling over ws",
          unit: "times",
          estimate: over("ws", "bytesPerEvent"),
        },
        {
          what: "IP bytes per event, polling over server-sent events",
          unit: "times",
          estimate: over("streaming", "ipBytesPerEvent", "paced"),
        },
        {
          what: "server CPU per event with its webhook, polling over ws",
          unit: "times",
          estimate: over("ws", "serverCpuPerEventUs", "timed"),
        },
        {
          what: "mean staleness, polling",
          unit: "ms",
          estimate: staleness(evidence, at(polling, best), "paced"),
        },
        {
          what: "mean staleness, ws",
          unit: "ms",
          estimate: staleness(evidence, ofPush("ws", best), "timed"),
        },
        ...pollingPoints(evidence)
          .slice(0, 1)
          .map((rarest) => ({
            what: "where events are rarest: packets per event, polling over ws",
            unit: "times" as const,
            estimate: evidence.ratio(
              { ...at(polling, rarest), figure: "packetsPerEvent" },
              { ...ofPush("ws", best), figure: "packetsPerEvent" },
              "counted",
            ),
          })),
      ],
    };
  },
};

type Where = ReturnType<typeof at>;

function ofPush(arm: string, point: Parameters<typeof at>[1]): Where {
  return at({ scenario: polling.scenario, arm }, point);
}

function staleness(evidence: Evidence, cell: Where, nature: "paced" | "timed") {
  return evidence.estimate({ ...cell, figure: "stalenessMs" }, nature);
}

export default pollingAlwaysCostsMore;
