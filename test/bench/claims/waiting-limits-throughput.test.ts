import waitingLimitsThroughput from "../../../bench/claims/waiting-limits-throughput.ts";
import type { MeasuredCell } from "../fixtures/measured.ts";
import { itRules } from "./rulings.ts";

const point = { clients: 200, queryMs: 80 };

/** Requests per second of the event loop, and of one blocked thread with its share of the law. */
const measured = (
  loop: readonly number[],
  blocked: readonly number[],
  percent: number | readonly number[],
): MeasuredCell[] => [
  { scenario: "waiting", arm: "event-loop", point, figures: { perSecond: loop } },
  {
    scenario: "waiting",
    arm: "blocking-loop",
    point,
    figures: { perSecond: blocked, ofLawPercent: percent },
  },
];

const six = (value: number) => Array.from({ length: 6 }, () => value);

itRules(waitingLimitsThroughput, {
  confirmed: [measured(six(2_450), six(12.3), 98), measured(six(630), six(12.5), 91)],
  refuted: [
    measured(six(600), six(12.5), 98),
    measured(six(2_450), six(11), 88),
    measured(six(2_450), six(14), 112),
  ],
  inconclusive: [
    measured([500, 600, 620, 630, 650, 700], six(12.5), 98),
    measured(six(2_450), six(11.3), [85, 86, 89, 91, 93, 94]),
    measured(six(2_450), six(13.7), [106, 107, 109, 111, 112, 113]),
    // The right figures at another time of the queries.
    measured(six(2_450), six(12.3), 98).map((cell) => ({ ...cell, point: { clients: 200, queryMs: 5 } })),
  ],
});
