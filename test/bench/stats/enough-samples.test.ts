import { expect, it } from "vitest";
import { samplesFor, tooFewSamples } from "../../../bench/stats/enough-samples.ts";

it.each([
  [50, 10],
  [90, 50],
  [99, 500],
  [99.9, 5_000],
  [99.99, 50_000],
  [1, 500],
])("p%s takes %s samples", (percent, samples) => {
  expect(samplesFor(percent)).toBe(samples);
});

it("says which figure is refused and why, and nothing when there are enough", () => {
  expect(tooFewSamples(99.9, 4_999, "events")).toBe(
    "no p99.9: it takes 5,000 events, so that 5 lie beyond it, and there are 4,999",
  );
  expect(tooFewSamples(99.9, 5_000, "events")).toBeUndefined();
});

it.each([0, 100, Number.NaN])("refuses p%s", (percent) => {
  expect(() => samplesFor(percent)).toThrow("expected a percentile between 0 and 100");
});
