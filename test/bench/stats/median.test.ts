import { expect, it } from "vitest";
import { median } from "../../../bench/stats/median.ts";

it.each([
  [[], undefined],
  [[3], 3],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
])("median of %j is %s", (values, expected) => {
  expect(median(values)).toBe(expected);
});
