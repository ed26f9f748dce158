import waitingWastesCycles from "../../../bench/claims/waiting-wastes-cycles.ts";
import { itRules } from "./rulings.ts";

const point = { clients: 200, queryMs: 80 };

const measured = (cpuOfWaitPercent: number | readonly number[], ofLawPercent: number | readonly number[]) => [
  { scenario: "waiting", arm: "pool-64", point, figures: { cpuOfWaitPercent, ofLawPercent } },
];

itRules(waitingWastesCycles, {
  confirmed: [measured(100, 1.6), measured(51, 49)],
  refuted: [measured(0.7, 98), measured(0.7, 10), measured(60, 98), measured(49, 49)],
  inconclusive: [measured([45, 47, 49, 51, 53, 55], 10), measured(60, [45, 47, 49, 51, 53, 55])],
});
