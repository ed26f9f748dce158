import { describe, expect, test } from "vitest";
import chart from "../../../bench/charts/fan-out.ts";
import type { Run, Trial } from "../../../bench/result.ts";
import { LatencyHistogram } from "../../../bench/stats/histogram.ts";
import { completedWith, noErrors, runWith, trialWith } from "../fixtures/one-cell.ts";
import { inventedRun } from "../fixtures/run.ts";
import { textsOfChart } from "./texts.ts";

/** A trial whose hundred deliveries took 1 ms to 100 ms, times `slower`. */
function trialOf(slower: number, missing = 0, given: Partial<Trial> = {}): Trial {
  const histogram = new LatencyHistogram();
  for (let ms = 1; ms <= 100; ms++) histogram.record(ms * slower);
  const figures = { firstMs: slower, medianMs: 50 * slower, lastMs: 100 * slower, rounds: 5 };
  const outcome = completedWith(figures, {
    histograms: { latency: histogram.encode() },
    errors: { ...noErrors, missing },
  });
  return trialWith(outcome, { scenario: "fan-out", point: { subscribers: 20 }, ...given });
}

/** The curve of `ws`: at each share of the subscribers, the time. */
function curveOf(run: Run) {
  const spec = JSON.stringify(chart.picture(run)?.spec);
  const rows = [
    ...spec.matchAll(/{"server":"ws","x":([\d.]+),"y":([\d.]+),"low":([\d.]+),"high":([\d.]+)}/g),
  ];
  return new Map(
    rows.map(([, x, y, low, high]) => [Number(y), { x: Number(x), low: Number(low), high: Number(high) }]),
  );
}

describe("fan-out", () => {
  test("shows when which share of the subscribers has the event, over the trials", () => {
    const curve = curveOf(runWith([1, 2, 4].map((slower) => trialOf(slower))));
    expect([...curve.keys()].slice(0, 4)).toEqual([1, 2, 5, 10]);
    expect([...curve.keys()].at(-1)).toBe(99);
    for (const share of [1, 10, 50, 99]) {
      const at = curve.get(share);
      expect((at?.low ?? 0) / share).toBeCloseTo(1, 2);
      expect((at?.x ?? 0) / share).toBeCloseTo(2, 2);
      expect((at?.high ?? 0) / share).toBeCloseTo(4, 2);
    }
  });

  test("does not come to 100 % where deliveries are missing", () => {
    // 100 of 125 arrived: half of all is 62.5 of those that did, and 80 % is the end.
    const curve = curveOf(runWith([trialOf(1, 25), trialOf(1, 25)]));
    expect(curve.get(50)?.x).toBeCloseTo(63, 0);
    expect([...curve.keys()].at(-1)).toBe(80);
  });

  test("marks the first, the median and the last subscriber with their intervals", async () => {
    const run = runWith([1, 2, 4].map((slower) => trialOf(slower)));
    const spec = JSON.stringify(chart.picture(run)?.spec);
    expect(spec).toContain('"x":2,"y":5,"low":1,"high":4');
    expect(spec).toContain('"x":100,"y":50,"low":50,"high":200');
    expect(spec).toContain('"x":200,"y":100,"low":100,"high":400');
    const texts = await textsOfChart(run, "fan-out");
    expect(texts).toContain("2.0 → 100 → 200 ms");
    expect(texts).toContain("n = 3 trials, 15 rounds");
  });

  test("has a grid for every point, and words where a server has no curve", async () => {
    const texts = (await textsOfChart(inventedRun(), "fan-out")).join(" ");
    expect(texts).toContain("At 10 subscribers");
    expect(texts).toContain("At 1,000 subscribers");
    expect(texts).toContain("failed (ramp):");
    expect(texts).toContain("* at 128 subscribers only");
  });

  test("has the same figures as a table, with intervals and n", () => {
    const { table } = chart.picture(runWith([1, 2, 4].map((slower) => trialOf(slower)))) ?? {};
    expect(table?.rows[0]?.cells).toEqual([
      "20 subscribers",
      "ws",
      "15",
      "2.0 ms (1.0–4.0 ms, n = 3)",
      "100 ms (50–200 ms, n = 3)",
      "200 ms (100–400 ms, n = 3)",
      "180 ms (90–360 ms, n = 3)",
      "198 ms (99–396 ms, n = 3)",
    ]);
  });
});
