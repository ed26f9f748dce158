import { expect, it } from "vitest";
import { withinRule } from "../../../bench/calibration/within-rule.ts";
import { whatFollows } from "../../../bench/evidence/stall-conclusions.ts";

const stallCount = 3;

it("says of our publisher how far it was off theory, and what the rule allows", () => {
  const row = { arrivals: "constant", measuredMs: [], theoryMs: [], deliveries: 6_000 } as const;
  const near = withinRule({ name: "p99", unit: "ms", expected: 900, measured: 890 });
  const far = withinRule({ name: "p99.9", unit: "ms", expected: 990, measured: 1_020 });
  expect(whatFollows([{ ...row, checks: [near, far] }], [], stallCount).split("\n")).toEqual([
    "- Our publisher, constant arrivals: p99: 10.00 ms below theory, within the 18.30 ms of the rule.",
    "- Our publisher, constant arrivals: p99.9: 30.00 ms above theory, **outside** the 20.10 ms of the rule.",
  ]);
});

it("says of a closed model how few of its answers can have waited", () => {
  const report = { answered: 100_000, samples: 100_000, percentilesMs: [0, 0, 1, 2, 1_003] };
  const text = whatFollows([], [{ connections: 10, report }], stallCount);
  expect(text).toContain("p99 1 ms");
  expect(text).toContain("30 of its 100,000 answers");
});

it("says of a corrected histogram how much of it was never measured", () => {
  const report = { answered: 6_000, samples: 24_000, percentilesMs: [100, 400, 480, 490, 500] };
  const text = whatFollows([], [{ connections: 10, overallRate: 200, report }], stallCount);
  expect(text).toContain("18,000 (75 %) are none that it measured");
  expect(text).toContain("median is 100 ms");
});
