import { expect, it } from "vitest";
import { Pacing } from "../../../bench/load/pacing.ts";

it("has the first attempt due at the start, and the others one interval after another", () => {
  const pacing = new Pacing(5_000, 1_000);
  expect(pacing.dueBy(1_000)).toBe(1);
  expect(pacing.dueBy(1_000.1)).toBe(1);
  expect(pacing.dueBy(1_000.25)).toBe(2);
  expect(pacing.dueBy(1_001)).toBe(6);
  expect(pacing.dueBy(2_000)).toBe(5_001);
});

it("loses nothing to a clock that is looked at late", () => {
  const pacing = new Pacing(100, 0);
  expect(pacing.dueBy(0)).toBe(1);
  expect(pacing.dueBy(995)).toBe(100);
});

it("has each attempt due by the time it names, and not before", () => {
  const pacing = new Pacing(1_250, 500);
  for (let index = 0; index < 5_000; index += 7) {
    expect(pacing.dueBy(pacing.dueAtMs(index) + 0.001)).toBe(index + 1);
    if (index > 0) expect(pacing.dueBy(pacing.dueAtMs(index) - 0.001)).toBe(index);
  }
});

it("paces fewer than one a second", () => {
  const pacing = new Pacing(0.5, 0);
  expect([0, 1_999, 2_000, 4_000].map((ms) => pacing.dueBy(ms))).toEqual([1, 1, 2, 3]);
});
