import { describe, expect, it } from "vitest";
import { expectedLatencies, percentile } from "../../../bench/calibration/expected.ts";
import { openModelPercentileMs } from "../../../bench/stats/stall.ts";

describe("expectedLatencies", () => {
  const stalls = [{ startMs: 100, endMs: 150 }];

  it("is the delay alone where nothing stalls", () => {
    expect(expectedLatencies([0, 10], [], 20)).toEqual([20, 20]);
  });

  it("is what is left of a stall for what comes in it", () => {
    expect(expectedLatencies([99, 100, 140, 150], stalls, 0)).toEqual([0, 50, 10, 0]);
  });

  it("counts the delay from the end of the stall", () => {
    expect(expectedLatencies([120], stalls, 20)).toEqual([50]);
  });

  it("holds what is due in a stall until its end", () => {
    expect(expectedLatencies([90], stalls, 20)).toEqual([60]);
  });
});

describe("percentile", () => {
  it("is the value that so many of all do not exceed", () => {
    const values = Array.from({ length: 1_000 }, (_, index) => 1_000 - index);
    expect(percentile(values, 50)).toBe(500);
    expect(percentile(values, 99)).toBe(990);
    expect(percentile(values, 99.9)).toBe(999);
    expect(percentile(values, 100)).toBe(1_000);
  });

  it("has none of nothing", () => {
    expect(percentile([], 50)).toBeUndefined();
  });
});

it("agrees with the formula of the open model, to one webhook's interval", () => {
  const [stallMs, periodMs, intervalMs] = [1_000, 10_000, 5];
  const intendedMs = Array.from({ length: (3 * periodMs) / intervalMs }, (_, index) => index * intervalMs);
  const stalls = [4_000, 14_000, 24_000].map((startMs) => ({ startMs, endMs: startMs + stallMs }));
  const latencies = expectedLatencies(intendedMs, stalls, 0);
  for (const percent of [50, 90, 95, 99, 99.9, 100]) {
    const formula = openModelPercentileMs({ baseMs: 0, stallMs, periodMs }, percent);
    expect(Math.abs((percentile(latencies, percent) ?? Number.NaN) - formula)).toBeLessThanOrEqual(
      intervalMs,
    );
  }
});
