import { expect, it } from "vitest";
import { highestPercentile, samplesFor, tooFewSamples } from "../../../bench/stats/enough-samples.ts";

it.each([
  [50, 6],
  [90, 30],
  [99, 300],
  [99.9, 3_000],
  [99.99, 30_000],
  [1, 300],
])("p%s takes %s samples", (percent, samples) => {
  expect(samplesFor(percent)).toBe(samples);
});

it("says which figure is refused and why, and nothing when there are enough", () => {
  expect(tooFewSamples(99.9, 2_999, "events")).toBe(
    "no p99.9: it takes 3,000 events, so that 3 lie beyond it, and there are 2,999",
  );
  expect(tooFewSamples(99.9, 3_000, "events")).toBeUndefined();
});

it.each([0, 100, Number.NaN])("refuses p%s", (percent) => {
  expect(() => samplesFor(percent)).toThrow("expected a percentile between 0 and 100");
});

it.each([
  [300, 99],
  [3_000, 99.9],
  [3, 50],
  [0, 50],
])("%s samples are enough for p%s at most", (samples, percent) => {
  expect(highestPercentile(samples)).toBeCloseTo(percent, 9);
});
