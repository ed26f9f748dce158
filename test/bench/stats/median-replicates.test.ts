import { expect, it } from "vitest";
import { resampled } from "../../../bench/stats/bootstrap.ts";
import { median } from "../../../bench/stats/median.ts";
import { medianReplicates } from "../../../bench/stats/median-replicates.ts";
import { seededRandom } from "../../../bench/stats/random.ts";

const medianOf = (values: readonly number[]) => median(values) ?? Number.NaN;

it("counts the samples of two and of three values", () => {
  expect(medianReplicates([4, 0])).toEqual([
    { value: 0, share: 1 / 4 },
    { value: 2, share: 1 / 2 },
    { value: 4, share: 1 / 4 },
  ]);
  const ofThree = medianReplicates([5, 1, 3]).map(({ value, share }) => [value, Math.round(share * 27)]);
  expect(ofThree).toEqual([
    [1, 7],
    [3, 13],
    [5, 7],
  ]);
});

// Powers of two, so that every pair has a mean of its own.
it.each([6, 7, 10])("is what resampling comes to, of %s values", (n) => {
  const values = Array.from({ length: n }, (_, index) => 2 ** index);
  const drawn = new Map<number, number>();
  for (const { value, share } of resampled(values, medianOf, seededRandom(1), 50_000)) {
    drawn.set(value, (drawn.get(value) ?? 0) + share);
  }
  const exact = medianReplicates(values);
  expect(exact.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  for (const { value, share } of exact) expect(Math.abs(share - (drawn.get(value) ?? 0))).toBeLessThan(0.01);
});
