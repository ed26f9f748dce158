import { expect, it } from "vitest";
import { compute, computeInParts } from "../../../../bench/labs/cpu-bound/computation.ts";

it("comes to the same whole and in parts, whatever the parts", async () => {
  // x -> 1664525 x + 1013904223 in 32 bits, from 1.
  expect(compute(0)).toBe(1);
  expect(compute(1)).toBe(1_015_568_748);
  const whole = compute(1_000);
  for (const part of [1, 7, 999, 1_000, 5_000]) expect(await computeInParts(1_000, part)).toBe(whole);
});

it("in parts lets others run between them", async () => {
  let others = 0;
  const other = () => {
    others++;
    setImmediate(other);
  };
  const immediate = setImmediate(other);
  await computeInParts(10, 1);
  clearImmediate(immediate);
  expect(others).toBeGreaterThanOrEqual(9);
});
