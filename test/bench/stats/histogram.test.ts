import { describe, expect, it } from "vitest";
import { LatencyHistogram } from "../../../bench/stats/histogram.ts";

function histogramOf(...latenciesMs: number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const latencyMs of latenciesMs) histogram.record(latencyMs);
  return histogram;
}

describe("LatencyHistogram", () => {
  it("gives percentiles in milliseconds, to three digits", () => {
    const histogram = histogramOf(...Array.from({ length: 1_000 }, (_, index) => index + 1));
    expect(histogram.percentileMs(50)).toBeCloseTo(500, -0.5);
    expect(histogram.percentileMs(99)).toBeCloseTo(990, -0.5);
    expect(histogram.percentileMs(100)).toBeCloseTo(1_000, -0.5);
  });

  it("gives the mean in milliseconds", () => {
    expect(histogramOf(1, 2, 6).meanMs).toBeCloseTo(3, 2);
  });

  it("has no percentile and no mean of nothing", () => {
    expect(histogramOf().percentileMs(50)).toBeUndefined();
    expect(histogramOf().meanMs).toBeUndefined();
  });

  it("keeps what lies beyond its range as its ends", () => {
    const histogram = histogramOf(-1, 1e9);
    expect(histogram.count).toBe(2);
    expect(histogram.percentileMs(1)).toBe(0);
    expect(histogram.percentileMs(100)).toBeCloseTo(60_000, -2);
  });

  it("survives its text form and adds up", () => {
    const sum = histogramOf(1, 2);
    sum.add(LatencyHistogram.decode(histogramOf(3, 4).encode()));
    expect(sum.count).toBe(4);
    expect(sum.percentileMs(100)).toBeCloseTo(4, 2);
  });

  it("forgets on reset", () => {
    const histogram = histogramOf(5);
    histogram.reset();
    expect(histogram.count).toBe(0);
  });
});
