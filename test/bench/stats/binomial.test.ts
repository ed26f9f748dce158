import { describe, expect, it } from "vitest";
import { binomialInterval, binomialUpper } from "../../../bench/stats/binomial.ts";

/** The chance of exactly so many hits, by the binomial distribution itself. */
function chanceOf(hits: number, tries: number, share: number): number {
  let chance = (1 - share) ** (tries - hits) * share ** hits;
  for (let index = 0; index < hits; index++) chance *= (tries - index) / (index + 1);
  return chance;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("the exact interval of a share", () => {
  it.each([
    [0, 1_000],
    [1_000, 1_000],
    [5, 10],
    [1, 60],
    [59, 60],
  ])("of %i in %i leaves 2.5 %% on either side", (hits, tries) => {
    const { low, high } = binomialInterval(hits, tries);
    const upTo = Array.from({ length: hits + 1 }, (_, index) => chanceOf(index, tries, high));
    const from = Array.from({ length: tries - hits + 1 }, (_, index) => chanceOf(hits + index, tries, low));
    if (hits < tries) expect(sum(upTo)).toBeCloseTo(0.025, 5);
    else expect(high).toBe(1);
    if (hits > 0) expect(sum(from)).toBeCloseTo(0.025, 5);
    else expect(low).toBe(0);
  });

  it("of none in 1,000 reaches to 0.37 %", () => {
    // 1 - 0.025^(1/1000)
    expect(binomialInterval(0, 1_000).high).toBeCloseTo(0.003682, 6);
  });
});

describe("how many hits chance alone hardly exceeds", () => {
  it.each([
    [60, 0.05],
    [1, 0.05],
    [12, 0.5],
    [100, 0.01],
  ])("of %i tries is the fewest that are exceeded in 2.5 %% of all cases at most", (tries, chance) => {
    const most = binomialUpper(tries, chance);
    const upTo = (hits: number) =>
      sum(Array.from({ length: hits + 1 }, (_, index) => chanceOf(index, tries, chance)));
    expect(upTo(most)).toBeGreaterThanOrEqual(0.975);
    if (most > 0) expect(upTo(most - 1)).toBeLessThan(0.975);
  });

  it("of none is none, and of tens of thousands a number", () => {
    expect(binomialUpper(0, 0.05)).toBe(0);
    // 1,000 and two standard deviations, of 30.8 each.
    expect(binomialUpper(20_000, 0.05)).toBeGreaterThan(1_050);
    expect(binomialUpper(20_000, 0.05)).toBeLessThan(1_070);
  });
});
