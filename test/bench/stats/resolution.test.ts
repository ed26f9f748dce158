import { expect, it } from "vitest";
import { tooCoarse } from "../../../bench/stats/resolution.ts";

it("refuses a figure of fewer than twenty steps, with both numbers", () => {
  expect(tooCoarse(0.3, 0.1, "ms")).toBe(
    "0.3 ms cannot be told with a clock that moves in steps of 0.1 ms: " +
      "a step may be 5 % of a figure, so the least that can be told is 2 ms",
  );
});

it.each([
  [2, 0.1, true],
  [1.9, 0.1, false],
  [-2, 0.1, true],
  [0, 0.1, false],
  [0, 0, true],
])("of %s in steps of %s it says: fine enough is %s", (value, step, fineEnough) => {
  expect(tooCoarse(value, step, "ms") === undefined).toBe(fineEnough);
});
