import { expect, test } from "vitest";
import { marginOf, notMeasured } from "../../../bench/charts/verdict-margin.ts";
import type { Wanted } from "../../../bench/claims/claim.ts";

const margin = (low: number, value: number, high: number, wanted: Wanted) =>
  marginOf({ estimate: { low, value, high, n: 6, basis: "blocks" }, wanted });

test("is above 1 where the claim holds, whichever side that is", () => {
  expect(margin(20, 40, 50, { atLeast: 10 })).toEqual({ low: 2, value: 4, high: 5 });
  expect(margin(20, 40, 50, { atMost: 100 })).toEqual({ low: 2, value: 2.5, high: 5 });
  expect(margin(200, 400, 500, { atMost: 100 })).toEqual({ low: 0.2, value: 0.25, high: 0.5 });
});

test("of a range is that to the nearer end, and best in its middle", () => {
  const range = { atLeast: 1, atMost: 4 };
  expect(margin(1, 1.25, 1.5, range)).toEqual({ low: 1, value: 1.25, high: 1.5 });
  expect(margin(0.5, 1, 8, range)).toEqual({ low: 0.5, value: 1, high: 2 });
  expect(margin(8, 8, 8, range)).toEqual({ low: 0.5, value: 0.5, high: 0.5 });
});

test("has no end where nothing was found of what may be few, and is words where none may be", () => {
  expect(margin(0, 0, 0.25, { atMost: 0.5 })).toEqual({
    low: 2,
    value: Number.POSITIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
  });
  expect(margin(0, 0, 0, { atMost: 0 })).toBe("none, as wanted");
  expect(margin(2, 2, 2, { atMost: 0 })).toBe("not none");
  expect(marginOf({ estimate: { missing: "no trial" }, wanted: { atLeast: 1 } })).toBe(notMeasured);
});
