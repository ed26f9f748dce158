import { describe, expect, it } from "vitest";
import {
  acceleration,
  bcaInterval,
  biasCorrection,
  quantileOf,
  resampled,
} from "../../../bench/stats/bootstrap.ts";
import { seededRandom } from "../../../bench/stats/random.ts";

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]) => mean(values.map((value) => (value - mean(values)) ** 2));

// B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 14: spatial test, data A.
const spatial = [
  48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41,
];

describe("the variance of the spatial test", () => {
  const replicates = resampled(spatial, variance, seededRandom(1), 4_000);
  const ninety = { level: 0.9, expanded: false };

  it("has the published acceleration, which takes no resampling", () => {
    expect(variance(spatial)).toBeCloseTo(171.5, 1);
    expect(acceleration(spatial, variance)).toBeCloseTo(0.061, 3);
  });

  it("has about the published bias correction and intervals, from other resamples", () => {
    expect(Math.abs(biasCorrection(replicates, variance(spatial)) - 0.146)).toBeLessThan(0.06);
    expect(Math.abs(quantileOf(replicates, 0.05) - 100.8)).toBeLessThan(6);
    expect(Math.abs(quantileOf(replicates, 0.95) - 233.9)).toBeLessThan(6);
    const { low, high } = bcaInterval(spatial, variance, replicates, ninety);
    expect(Math.abs(low - 115.8)).toBeLessThan(4);
    expect(Math.abs(high - 259.6)).toBeLessThan(8);
  });

  it("is wider when expanded", () => {
    const plain = bcaInterval(spatial, variance, replicates, ninety);
    const expanded = bcaInterval(spatial, variance, replicates, { ...ninety, expanded: true });
    expect(expanded.low).toBeLessThan(plain.low);
    expect(expanded.high).toBeGreaterThan(plain.high);
  });

  it("is the same for the same seed, another for another", () => {
    expect(resampled(spatial, variance, seededRandom(1), 4_000)).toEqual(replicates);
    expect(resampled(spatial, variance, seededRandom(2), 4_000)).not.toEqual(replicates);
  });
});

describe("what has little to tell", () => {
  const options = { level: 0.95, expanded: true };

  it("is a point when all values are equal", () => {
    const replicates = resampled([7, 7, 7], mean, seededRandom(1), 100);
    expect(bcaInterval([7, 7, 7], mean, replicates, options)).toEqual({ low: 7, high: 7 });
    expect(acceleration([7, 7, 7], mean)).toBe(0);
  });

  it("is bounded by its replicates, when all lie on one side too", () => {
    const most = (values: readonly number[]) => Math.max(...values);
    const replicates = resampled([1, 2, 3], most, seededRandom(1), 100);
    const { low, high } = bcaInterval([1, 2, 3], most, replicates, options);
    expect(low).toBeGreaterThanOrEqual(1);
    expect(high).toBe(3);
    expect(biasCorrection([{ value: 1, share: 1 }], 2)).toBeCloseTo(0, 12);
    expect(biasCorrection(replicates, 4)).toBeCloseTo(2.576, 3);
  });

  it("is refused when it is one value", () => {
    expect(() => bcaInterval([7], mean, [], options)).toThrow("expected two values or more");
  });
});
