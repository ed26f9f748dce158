import { expect, it } from "vitest";
import { withinRule } from "../../../bench/calibration/within-rule.ts";

it.each([
  // 2 % of 20 ms and 0.3 ms are 0.7 ms.
  ["ms", 20, 20.7, true],
  ["ms", 20, 19.3, true],
  ["ms", 20, 20.71, false],
  ["ms", 0, 0.3, true],
  ["ms", 0, 0.31, false],
  // 0.1 %.
  ["bytes", 100_000, 100_100, true],
  ["bytes", 100_000, 100_101, false],
  ["bytes", 100_000, 99_899, false],
  ["count", 1_000, 1_000, true],
  ["count", 1_000, 999, false],
] as const)("%s: expected %d, measured %d", (unit, expected, measured, passed) => {
  const check = withinRule({ name: "a check", unit, expected, measured });
  expect(check.passed).toBe(passed);
});

it("tells how far the measured may lie from the expected", () => {
  expect(withinRule({ name: "a check", unit: "ms", expected: 50, measured: 51 })).toEqual({
    name: "a check",
    unit: "ms",
    expected: 50,
    measured: 51,
    allowed: 1.3,
    passed: true,
  });
});
