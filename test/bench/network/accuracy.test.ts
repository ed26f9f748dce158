import { expect, it } from "vitest";
import { measureAccuracy } from "../../../bench/network/accuracy.ts";

it("gives round trips that are never shorter than what was asked for", async () => {
  const accuracy = await measureAccuracy({ roundTripMs: 5, bitsPerSecond: 1e9 }, 50);
  expect(accuracy.askedMs).toBe(5);
  expect(accuracy.samples).toBeGreaterThanOrEqual(50);
  expect(accuracy.medianMs).toBeGreaterThanOrEqual(5);
  expect(accuracy.p99Ms).toBeGreaterThanOrEqual(accuracy.medianMs);
});

it("gives the relay's own overhead when nothing is asked for", async () => {
  const { askedMs, medianMs } = await measureAccuracy({ roundTripMs: 0, bitsPerSecond: 1e15 }, 50);
  expect(askedMs).toBe(0);
  expect(medianMs).toBeGreaterThan(0);
});
