import waitingWastesCycles from "../../../bench/claims/waiting-wastes-cycles.ts";
import { itRules } from "./rulings.ts";

const point = { clients: 200, queryMs: 80 };

/** Requests per second as a share of the law; what CPU time a query takes decides nothing. */
const measured = (ofLawPercent: number | readonly number[], cpuOfWaitPercent = 0.7) => [
  { scenario: "waiting", arm: "pool-64", point, figures: { ofLawPercent, cpuOfWaitPercent } },
];

itRules(waitingWastesCycles, {
  confirmed: [measured(1.6), measured(49), measured(1.6, 100)],
  refuted: [measured(98), measured(51), measured(98, 100)],
  inconclusive: [measured([45, 47, 49, 51, 53, 55]), []],
});
