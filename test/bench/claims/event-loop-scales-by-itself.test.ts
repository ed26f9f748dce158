import eventLoopScalesByItself from "../../../bench/claims/event-loop-scales-by-itself.ts";
import { itRules } from "./rulings.ts";

const measured = (maxMs: number | readonly number[], calmMaxMs: number, arm = "on-the-loop") => [
  { scenario: "cpu-bound", arm, point: { lightPerSecond: 250 }, figures: { maxMs, calmMaxMs, heavyMs: 100 } },
];

itRules(eventLoopScalesByItself, {
  confirmed: [measured(4, 3), measured(1.9, 1)],
  refuted: [measured(110, 3), measured(2.1, 1)],
  inconclusive: [
    measured([1.7, 1.8, 1.9, 2.1, 2.2, 2.3], 1),
    // The cure is not the claim.
    measured(4, 3, "worker-thread"),
  ],
});
