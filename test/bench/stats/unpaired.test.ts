import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../bench/stats/random.ts";
import { unpairedChange } from "../../../bench/stats/unpaired.ts";

const random = seededRandom(31);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
/** Factors, all with the median 1. */
const noises = {
  normal: () => Math.exp(0.1 * normal()),
  heavyTailed: () => Math.exp(0.05 * Math.tan(Math.PI * (random() - 0.5))),
  skewed: () => Math.exp(Math.exp(normal()) - 1),
};

describe("the change from one sample to another", () => {
  it.each(
    [
      [6, 6, 1],
      [6, 10, 1],
      [7, 7, 5],
      [10, 10, 5],
    ].flatMap(([a, b, times]) =>
      Object.entries(noises).map(
        ([name, noise]) => ({ a: a ?? 0, b: b ?? 0, times: times ?? 1, name, noise }) as const,
      ),
    ),
  )(
    "of $a and $b values, the latter varying $times times as much, holds the truth as often as it says, in $name noise",
    ({ a, b, times, noise }) => {
      // Of 96 % that hold, 500 show fewer than 94 % once in a hundred times.
      const samples = 500;
      let held = 0;
      for (let sample = 0; sample < samples; sample++) {
        const { interval } = unpairedChange(
          Array.from({ length: a }, noise),
          Array.from({ length: b }, () => 1.2 * noise() ** times),
        );
        if (interval !== undefined && interval.low <= 1.2 && 1.2 <= interval.high) held++;
      }
      expect(held / samples).toBeGreaterThanOrEqual(0.94);
    },
  );

  it("is the ratio of the medians, with an interval that lies above 1 where all of the one do", () => {
    const { kind, value, interval } = unpairedChange(
      [98, 99, 100, 100, 101, 102],
      [118, 119, 120, 120, 121, 122],
    );
    expect(kind).toBe("ratio");
    expect(value).toBeCloseTo(1.2, 12);
    expect(interval?.low).toBeGreaterThan(1.15);
    expect(interval?.high).toBeLessThan(1.25);
  });

  it("is the reciprocal when the samples are exchanged", () => {
    const [a, b] = [
      [3, 1, 4, 1.5, 9, 2, 6],
      [5, 3.5, 8, 9.7, 9.3, 2.3, 8.4, 6.2],
    ];
    const [one, other] = [unpairedChange(a ?? [], b ?? []), unpairedChange(b ?? [], a ?? [])];
    expect(one.value).toBeCloseTo(1 / other.value, 12);
    expect(one.interval?.low).toBeCloseTo(1 / (other.interval?.high ?? Number.NaN), 12);
    expect(one.interval?.high).toBeCloseTo(1 / (other.interval?.low ?? Number.NaN), 12);
  });

  it("does not depend on the order of the values", () => {
    const change = unpairedChange([1, 2, 3, 4, 5, 6], [2, 4, 6, 8, 10, 12]);
    expect(unpairedChange([6, 1, 5, 2, 4, 3], [12, 2, 8, 6, 4, 10])).toEqual(change);
  });

  it("is a point where no value varies: a count of bytes that differs by one differs", () => {
    const same = (value: number) => Array<number>(6).fill(value);
    expect(unpairedChange(same(4), same(5))).toEqual({
      kind: "ratio",
      value: 1.25,
      interval: { low: 1.25, high: 1.25 },
    });
    expect(unpairedChange(same(4), same(4)).interval).toEqual({ low: 1, high: 1 });
  });

  it("is a difference where a value is not above 0", () => {
    const change = unpairedChange([0, 0, 0, 0, 0, 0], [3, 3, 3, 4, 4, 4]);
    expect(change).toMatchObject({ kind: "difference", value: 3.5 });
    expect(change.interval?.low).toBeGreaterThan(0);
  });

  it("has no interval of fewer than six values, and none at all of nothing", () => {
    expect(unpairedChange([1, 1, 1, 1, 1], [2, 2, 2, 2, 2, 2])).toEqual({
      kind: "ratio",
      value: 2,
      interval: undefined,
      because: "an interval takes 6 values or more of each, got 5 and 6",
    });
    expect(() => unpairedChange([], [1])).toThrow("expected one value or more of each, got none");
  });
});
