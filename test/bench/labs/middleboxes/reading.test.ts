import { expect, it } from "vitest";
import { readingOf } from "../../../../bench/labs/middleboxes/reading.ts";
import { visitors } from "../../../../bench/labs/middleboxes/visitors.ts";
import type { VisitReport } from "../../../../bench/labs/middleboxes/visitors-process.ts";

const waiting = { roundTripMs: 40, connectTimeoutMs: 500 };
const all = Object.fromEntries(visitors.map(({ name }) => [name, { firstMs: 80 }]));
const report = (seen: VisitReport["seen"], deeds: VisitReport["deeds"] = {}): VisitReport => {
  return { seen: { ...all, ...seen }, deeds, utilisation: 0.2 };
};

it("tells the first events, and compares them with the network and the client's timeout", () => {
  const seen = { socketio: { firstMs: 200 }, websocketFirst: { firstMs: 750 } };
  expect(readingOf(report(seen), waiting)).toMatchObject({
    figures: {
      wsMs: 80,
      wsBlocked: 0,
      socketioExtraRoundTrips: 3,
      websocketFirstExtraTimeouts: 1.1,
      tcpWays: 2,
    },
    notes: [],
  });
});

it("has no time of a transport that had an event and not the next, and says why", () => {
  const seen = {
    ws: { failure: "no event" },
    tcp: { firstMs: 80, failure: "cut off" },
    socketio: { failure: "no event" },
  };
  const deeds = { "closed a connection": 1, "stripped an Upgrade": 2 };
  const reading = readingOf(report(seen, deeds), waiting);
  expect(reading).toMatchObject({
    figures: { wsMs: undefined, wsBlocked: 1, tcpMs: undefined, tcpBlocked: 1, tcpWays: 1 },
    notes: [
      "ws: no event",
      "socketio: no event",
      "tcp: cut off",
      "the box closed a connection",
      "the box stripped an Upgrade, 2 times",
    ],
  });
  expect(reading).toHaveProperty("figures.socketioExtraRoundTrips", undefined);
});

it("is none where events do not come past the box either", () => {
  expect(() => readingOf(report({ unhinderedWs: { failure: "refused" } }), waiting)).toThrow("refused");
});
