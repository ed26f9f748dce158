import { describe, expect, it } from "vitest";
import {
  closedModelPercentileMs,
  closedModelShareStalled,
  openModelPercentileMs,
  openModelShareAbove,
} from "../../../bench/stats/stall.ts";

/** A second every ten. */
const stalls = { baseMs: 0.5, stallMs: 1_000, periodMs: 10_000 };

describe("an open model", () => {
  it.each([
    [50, 0.5],
    [90, 0.5],
    [95, 500.5],
    [99, 900.5],
    [99.9, 990.5],
    [100, 1_000.5],
  ])("finds p%s at %s ms", (percent, latencyMs) => {
    expect(openModelPercentileMs(stalls, percent)).toBeCloseTo(latencyMs, 9);
  });

  it("finds what requests find that are simulated one by one", () => {
    const latencies = Array.from({ length: 100_000 }, (_, index) => {
      const intoPeriodMs = ((index * 0.7) % stalls.periodMs) + 0.35;
      return stalls.baseMs + Math.max(0, stalls.stallMs - intoPeriodMs);
    }).sort((a, b) => a - b);
    for (const percent of [50, 91, 95, 99, 99.9]) {
      const simulated = latencies[Math.ceil((percent / 100) * latencies.length) - 1] ?? 0;
      expect(Math.abs(openModelPercentileMs(stalls, percent) - simulated)).toBeLessThan(1);
    }
    for (const latencyMs of [0.6, 100, 500, 999]) {
      const simulated = latencies.filter((latency) => latency > latencyMs).length / latencies.length;
      expect(openModelShareAbove(stalls, latencyMs)).toBeCloseTo(simulated, 3);
    }
  });

  it("finds everything above less than the base, nothing above the whole stall", () => {
    expect(openModelShareAbove(stalls, 0.4)).toBe(1);
    expect(openModelShareAbove(stalls, 0.5)).toBe(0.1);
    expect(openModelShareAbove(stalls, 1_000.5)).toBe(0);
    expect(openModelShareAbove(stalls, 2_000)).toBe(0);
  });
});

describe("a closed model of one connection", () => {
  it("hides the stall in one request of 18,000", () => {
    expect(closedModelShareStalled(stalls)).toBeCloseTo(1 / 18_000, 12);
    expect(closedModelPercentileMs(stalls, 99)).toBe(0.5);
    expect(closedModelPercentileMs(stalls, 99.9)).toBe(0.5);
    expect(closedModelPercentileMs(stalls, 100)).toBe(1_000.5);
  });

  it("finds what requests find that are simulated one after the other", () => {
    const slow = { baseMs: 30, stallMs: 1_000, periodMs: 10_000 };
    let nowMs = 0;
    let [requests, stalled] = [0, 0];
    while (nowMs < 10_000_000) {
      const endMs = nowMs + slow.baseMs;
      const meets = Math.floor(endMs / slow.periodMs) > Math.floor(nowMs / slow.periodMs);
      nowMs = endMs + (meets ? slow.stallMs : 0);
      requests++;
      if (meets) stalled++;
    }
    expect(stalled / requests).toBeCloseTo(closedModelShareStalled(slow), 4);
  });
});
