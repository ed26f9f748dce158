import { describe, expect, it } from "vitest";
import type { Interval } from "../../../bench/stats/bootstrap.ts";
import { medianInterval } from "../../../bench/stats/median-interval.ts";
import { seededRandom } from "../../../bench/stats/random.ts";

function intervalOf(values: readonly number[]): Interval {
  const { interval } = medianInterval(values);
  if (interval === undefined) throw new Error(`expected an interval of ${values.length} values, got none`);
  return interval;
}

const random = seededRandom(20);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
/** All with the median 0. */
const noises = {
  normal,
  heavyTailed: () => Math.tan(Math.PI * (random() - 0.5)),
  skewed: () => Math.exp(1.5 * normal()) - 1,
};

describe("the interval of a median", () => {
  it.each(
    [6, 7, 8, 10].flatMap((n) => Object.entries(noises).map(([name, noise]) => [n, name, noise] as const)),
  )("of %s values holds the truth in 95 of 100 cases or more, in %s noise", (n, _, noise) => {
    const samples = 1_000;
    let held = 0;
    for (let sample = 0; sample < samples; sample++) {
      const { low, high } = intervalOf(Array.from({ length: n }, noise));
      if (low <= 0 && 0 <= high) held++;
    }
    expect(held / samples).toBeGreaterThanOrEqual(0.95);
    expect(held / samples).toBeLessThan(0.995);
  });

  it("is the range of six values, and less of eight", () => {
    expect(intervalOf([3, 1, 9, 4, 5, 2])).toEqual({ low: 1, high: 9 });
    const { low, high } = intervalOf([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(low).toBeGreaterThan(1);
    expect(high).toBeLessThan(8);
  });

  it("does not depend on the order of the values", () => {
    expect(intervalOf([8, 3, 1, 7, 2, 40, 5, 6])).toEqual(intervalOf([1, 2, 3, 5, 6, 7, 8, 40]));
  });

  it("is a point when all values are equal", () => {
    expect(intervalOf([2, 2, 2, 2, 2, 2])).toEqual({ low: 2, high: 2 });
  });

  it("is refused of fewer than six", () => {
    expect(medianInterval([1, 2, 3, 4, 5])).toEqual({
      interval: undefined,
      because: "an interval takes 6 values or more, got 5",
    });
  });
});
