import claim from "../../../bench/claims/websocket-wire.ts";
import { itRules } from "./rulings.ts";

type Values = number | readonly number[];
const cell = { scenario: "bytes", point: { clients: 20 } };
const ws = { ...cell, arm: "ws", figures: { wireBytes: 100, applicationBytes: 20 } };
const poll = (wireBytes: Values, applicationBytes: Values) => ({
  ...{ ...cell, arm: "poll-2009", figures: { wireBytes, applicationBytes } },
});

itRules(claim, {
  confirmed: [
    [poll(30_000, 20_000), ws],
    [poll(20_100, 4_020), ws],
  ],
  refuted: [
    [poll(800, 900), ws],
    [poll([15_000, 16_000, 17_000, 18_000, 19_000, 19_900], 20_000), ws],
    [poll(30_000, [3_000, 3_100, 3_200, 3_300, 3_400, 3_990]), ws],
    // Where only the sockets tell, they are enough to say no.
    [
      { ...poll(0, 0), figures: { applicationBytes: 930 } },
      { ...ws, figures: { applicationBytes: 23 } },
    ],
    // The cases of a message a second have more clients, and are not what is judged.
    [poll(800, 900), ws, { ...poll(90_000, 90_000), point: { clients: 1_000 } }],
  ],
  inconclusive: [
    [poll([18_000, 19_000, 19_500, 20_500, 21_000, 22_000], 20_000), ws],
    [poll(30_000, [3_800, 3_900, 3_950, 4_050, 4_100, 4_200]), ws],
    [poll(30_000, 20_000)],
  ],
});
