import { describe, expect, it } from "vitest";
import { arrivals } from "../../../bench/stats/poisson.ts";
import { seededRandom } from "../../../bench/stats/random.ts";

const poisson = { kind: "poisson", perSecond: 40, random: seededRandom(1) } as const;

describe("Poisson arrivals", () => {
  it("have counts with the mean and the variance of the rate", () => {
    const counts = Array.from({ length: 4_000 }, () => arrivals({ ...poisson, durationMs: 500 }).length);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    // Within three standard errors: sqrt(20 / 4,000) of the mean, about 20 x sqrt(2 / 4,000) of the variance.
    expect(Math.abs(mean - 20)).toBeLessThan(0.22);
    expect(Math.abs(variance - 20)).toBeLessThan(1.4);
  });

  it("have exponential gaps", () => {
    const offsets = arrivals({ ...poisson, durationMs: 100_000 });
    const gaps = offsets.map((offset, index) => offset - (offsets[index - 1] ?? 0)).sort((a, b) => a - b);
    const distances = gaps.map((gap, index) => {
      const below = 1 - Math.exp(-gap / 25);
      return Math.max(Math.abs(below - index / gaps.length), Math.abs(below - (index + 1) / gaps.length));
    });
    // Kolmogorov and Smirnov: exceeded by one in a thousand of true samples.
    expect(Math.max(...distances)).toBeLessThan(1.949 / Math.sqrt(gaps.length));
  });

  it("come in order, before the end, the same for the same seed", () => {
    const order = { ...poisson, durationMs: 1_000 };
    const offsets = arrivals({ ...order, random: seededRandom(9) });
    expect(offsets).toEqual(arrivals({ ...order, random: seededRandom(9) }));
    expect(offsets).not.toEqual(arrivals({ ...order, random: seededRandom(10) }));
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    expect(offsets.at(-1)).toBeLessThan(1_000);
    expect(offsets[0]).toBeGreaterThanOrEqual(0);
  });
});

describe("constant arrivals", () => {
  const constant = { kind: "constant", random: seededRandom(1) } as const;

  it("are exact, however many there are", () => {
    expect(arrivals({ ...constant, perSecond: 4, durationMs: 1_000 })).toEqual([0, 250, 500, 750]);
    expect(arrivals({ ...constant, perSecond: 3, durationMs: 1_000 })).toHaveLength(3);
    const many = arrivals({ ...constant, perSecond: 300, durationMs: 100_000 });
    expect(many).toHaveLength(30_000);
    expect(many[29_997]).toBe(99_990);
  });

  it("are none in no time", () => {
    expect(arrivals({ ...constant, perSecond: 4, durationMs: 0 })).toEqual([]);
  });
});

it.each([
  [0, 1_000, "expected a rate above 0 per second, got 0"],
  [Number.POSITIVE_INFINITY, 1_000, "got Infinity"],
  [1, Number.POSITIVE_INFINITY, "expected a duration of 0 ms or more, got Infinity"],
  [1, -1, "got -1"],
])("refuses %s per second for %s ms", (perSecond, durationMs, message) => {
  expect(() => arrivals({ ...poisson, perSecond, durationMs })).toThrow(message);
});
