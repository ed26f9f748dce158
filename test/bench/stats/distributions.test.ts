import { expect, it } from "vitest";
import { normalQuantile, normalShareBelow, studentQuantile } from "../../../bench/stats/distributions.ts";

// Tabulated: M. Abramowitz and I. Stegun, Handbook of Mathematical Functions (1964), tables 26.1, 26.5 and 26.10.
it.each([
  [0, 0.5],
  [1, 0.841344746069],
  [1.96, 0.975002104852],
  [-2.816, 0.002431283333],
  [-4, 0.0000316712418],
])("the share below %s standard deviations is %s", (z, share) => {
  expect(normalShareBelow(z)).toBeCloseTo(share, 11);
  expect(normalQuantile(share)).toBeCloseTo(z, 6);
});

it.each([
  [0.975, 1, 12.7062],
  [0.975, 5, 2.57058],
  [0.975, 9, 2.26216],
  [0.95, 10, 1.81246],
  [0.975, 120, 1.97993],
])("Student's t: %s lies below, with %s degrees of freedom, %s", (share, degreesOfFreedom, value) => {
  expect(studentQuantile(share, degreesOfFreedom)).toBeCloseTo(value, 4);
});
