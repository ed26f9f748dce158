import { expect, test } from "vitest";
import { logAxis } from "../../../../bench/charts/drawing/log-axis.ts";

const labels = (values: number[], unit: "ms" | "bytes") =>
  logAxis(values, unit).ticks.map(({ label }) => label);

test("wide ranges get decades, between round ends", () => {
  expect(logAxis([0.31, 1_003], "ms").domain).toEqual([0.2, 2_000]);
  expect(labels([0.31, 1_003], "ms")).toEqual(["1 ms", "10 ms", "100 ms", "1,000 ms"]);
});

test("narrow ranges get ones, twos and fives", () => {
  expect(labels([5, 6], "ms")).toEqual(["2 ms", "5 ms", "10 ms"]);
});

test("bytes get powers of two", () => {
  expect(logAxis([3_900, 8_220_000], "bytes").domain).toEqual([2_048, 16 * 1024 ** 2]);
  expect(labels([3_900, 8_220_000], "bytes")).toEqual([
    "4 KiB",
    "16 KiB",
    "64 KiB",
    "256 KiB",
    "1 MiB",
    "4 MiB",
    "16 MiB",
  ]);
});

test("no values, or one, still make an axis", () => {
  expect(logAxis([], "ms").domain).toEqual([1, 10]);
  expect(logAxis([1], "ms").domain).toEqual([0.5, 2]);
});

test("refuses what has no place on it", () => {
  expect(() => logAxis([1, 0], "ms")).toThrow("expected values above 0 for a logarithmic axis, got 0");
});
