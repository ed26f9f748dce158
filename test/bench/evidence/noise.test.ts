import { expect, it } from "vitest";
import { rowsOf } from "../../../bench/evidence/noise.ts";
import type { NoisePair } from "../../../bench/evidence/noise-pairs.ts";

function pairs(intervals: readonly (readonly [number, number])[]): NoisePair[] {
  return intervals.map(([low, high], index) => ({
    profile: "smoke",
    scenario: "ingest",
    pair: index + 1,
    ratios: [{ figure: "perSecond", ratio: 1, low, high }],
    failedTrials: 0,
  }));
}

it("counts the intervals that hold 1, and says how wide they are", () => {
  const [row] = rowsOf(pairs([...Array.from({ length: 99 }, () => [1 / 1.1, 1.1] as const), [1.1, 1.331]]));
  expect(row).toEqual({
    cells: ["smoke, ingest, webhooks", "100", "99 (99 %)", "10 %", "10 %"],
    holds: true,
  });
});

it("does not hold when more than 7 of 100 intervals miss 1", () => {
  const missing = (count: number) =>
    rowsOf(pairs(Array.from({ length: 100 }, (_, index) => (index < count ? [1.1, 1.2] : [0.9, 1.1]))))[0];
  expect(missing(7)?.holds).toBe(true);
  expect(missing(8)?.holds).toBe(false);
});
