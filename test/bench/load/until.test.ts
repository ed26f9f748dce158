import { expect, it } from "vitest";
import { nowMs } from "../../../bench/load/clock.ts";
import { spunSoFarMs, until } from "../../../bench/load/until.ts";
import { eventually } from "../../../conformance/wait.ts";

it("resolves no sooner than it is time, and at once when that is over", async () => {
  const timeMs = nowMs() + 3;
  await until(timeMs);
  expect(nowMs()).toBeGreaterThanOrEqual(timeMs);
  const spunMs = spunSoFarMs();
  await until(timeMs);
  expect(spunSoFarMs()).toBe(spunMs);
});

it("counts what it waits by looking, and counts it once when several wait", async () => {
  const startMs = nowMs();
  const spunMs = spunSoFarMs();
  const spin = async () => {
    const timeMs = nowMs() + 1.4;
    await Promise.all([until(timeMs), until(timeMs), until(timeMs)]);
    return spunSoFarMs() - spunMs;
  };
  await eventually(10_000, "a turn that was empty", spin, (spun) => spun > 0);
  expect(spunSoFarMs() - spunMs).toBeLessThanOrEqual(nowMs() - startMs);
});

it("counts no turn in which something was done", async () => {
  const startMs = nowMs();
  let atWork = true;
  const work = () => {
    const beganMs = nowMs();
    while (nowMs() < beganMs + 0.02);
    if (atWork) setImmediate(work);
  };
  setImmediate(work);
  const spunMs = spunSoFarMs();
  await until(startMs + 1.4);
  atWork = false;
  // The turn before the work has begun may be an empty one.
  expect(spunSoFarMs() - spunMs).toBeLessThan(0.005);
});
