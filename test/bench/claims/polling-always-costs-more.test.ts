import claim from "../../../bench/claims/polling-always-costs-more.ts";
import type { MeasuredCell } from "../fixtures/measured.ts";
import { itRules } from "./rulings.ts";

const point = { eventsPerSecond: 200, pollMs: 100 };

/** What polling takes of each, of what push takes; one value, or one for each block. */
interface Ratios {
  readonly packets?: number | readonly number[];
  readonly ipBytes?: number | readonly number[];
  readonly requests?: number | readonly number[];
}

function costs({ packets = 1.5, ipBytes = 1.5, requests = 1.5 }: Ratios): MeasuredCell[] {
  const one = { packetsPerEvent: 1, ipBytesPerEvent: 1, requestsPerEvent: 1 };
  const figures = { packetsPerEvent: packets, ipBytesPerEvent: ipBytes, requestsPerEvent: requests };
  const scenario = "boiling";
  return [
    { scenario, arm: "polling", point, figures },
    // Where events are rare, polling costs more in any case: that is not asked.
    { scenario, arm: "polling", point: { eventsPerSecond: 8, pollMs: 10 }, figures: { packetsPerEvent: 20 } },
    { scenario, arm: "ws", point, figures: one },
    { scenario, arm: "comet", point, figures: one },
  ];
}

const below = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
const across = [0.8, 0.9, 0.95, 1.05, 1.1, 1.2];

itRules(claim, {
  confirmed: [costs({}), costs({ packets: 1, ipBytes: 1, requests: 1 })],
  refuted: [costs({ packets: below }), costs({ ipBytes: below }), costs({ requests: below })],
  inconclusive: [
    costs({ packets: across }),
    costs({ ipBytes: across }),
    costs({ requests: across }),
    costs({}).filter(({ arm }) => arm !== "comet"),
  ],
});
