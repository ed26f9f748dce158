import claim from "../../../bench/claims/latency-ladder-order.ts";
import { itRules } from "./rulings.ts";

const rungs = { l1: 2, l2: 5, ram: 200, disk: 60_000, network: 80_000_000 };

/** The same in every block, but for the rungs that are given. */
function ladder(given: Partial<Record<keyof typeof rungs, number | readonly number[]>> = {}) {
  return Object.entries({ ...rungs, ...given }).map(([arm, medianNs]) => ({
    scenario: "ladder",
    arm,
    figures: { medianNs },
  }));
}

itRules(claim, {
  confirmed: [
    ladder(),
    ladder({ l2: 3.1 }),
    ladder({ ram: 8 }),
    ladder({ disk: 310 }),
    ladder({ network: 91_000 }),
  ],
  refuted: [
    ladder({ l2: 2.9 }),
    ladder({ ram: 7 }),
    ladder({ disk: 290 }),
    ladder({ network: 89_000 }),
    ladder({ network: 50_000 }),
  ],
  inconclusive: [
    ladder({ l2: [2.5, 2.8, 2.9, 3.1, 3.5, 4] }),
    ladder({ network: [70_000, 80_000, 88_000, 92_000, 100_000, 110_000] }),
    ladder().filter(({ arm }) => arm !== "disk"),
  ],
});
