import { expect, it } from "vitest";
import {
  failedWith,
  maxRetryAfterMs,
  nextStep,
  parseRetryAfter,
  pausesMs,
  verdictOf,
} from "../../dispatch/schedule.ts";

const nowMs = Date.UTC(2026, 0, 1, 12);

it("keeps the schedule of Standard Webhooks: ten attempts in 75:35:05", () => {
  expect(pausesMs).toHaveLength(10);
  expect(pausesMs.reduce((sum, ms) => sum + ms)).toBe(((75 * 60 + 35) * 60 + 5) * 1_000);
});

it.each([
  [200, "delivered"],
  [204, "delivered"],
  [299, "delivered"],
  [301, "failed"],
  [304, "failed"],
  [400, "failed"],
  [404, "failed"],
  [410, "gone"],
  [500, "failed"],
])("takes %i for %s", (status, kind) => {
  expect(verdictOf({ status, retryAfter: undefined }, nowMs)).toMatchObject({ kind });
});

it.each([429, 502, 504])("takes %i for a target with too much to do", (status) => {
  expect(verdictOf({ status, retryAfter: "7" }, nowMs)).toMatchObject({
    overloaded: true,
    retryAfterMs: 7_000,
  });
});

it.each([
  [undefined, 0],
  ["120", 120_000],
  ["0", 0],
  ["Thu, 01 Jan 2026 12:01:00 GMT", 60_000],
  ["Thu, 01 Jan 2026 11:00:00 GMT", 0],
  ["99999999", maxRetryAfterMs],
  ["Fri, 01 Jan 2100 00:00:00 GMT", maxRetryAfterMs],
  ["-5", 0],
  ["1.5", 0],
  ["2027", 2_027_000],
  ["2027-01-01", 0],
  ["soon", 0],
])("reads Retry-After: %s as %i ms", (text, ms) => {
  expect(parseRetryAfter(text, nowMs)).toBe(ms);
});

it("adds jitter to a pause, both ways, and never comes before Retry-After", () => {
  const again = (random: number, retryAfterMs = 0) =>
    nextStep({ ...failed, retryAfterMs }, 2, nowMs, () => random);
  const failed = { ...failedWith("no answer"), kind: "failed", reason: "", overloaded: false } as const;
  expect(again(0)).toMatchObject({ kind: "retry", dueMs: nowMs + 270_000 });
  expect(again(0.5)).toMatchObject({ kind: "retry", dueMs: nowMs + 300_000 });
  expect(again(0.999999)).toMatchObject({ kind: "retry", dueMs: nowMs + 330_000 });
  expect(again(0, 600_000)).toMatchObject({ kind: "retry", dueMs: nowMs + 600_000 });
});

it("gives up after the tenth attempt", () => {
  const half = () => 0.5;
  expect(nextStep(failedWith("no answer"), 9, nowMs, half)).toMatchObject({ kind: "retry" });
  expect(nextStep(failedWith("no answer"), 10, nowMs, half)).toEqual({
    kind: "exhausted",
    reason: "no answer",
  });
});

it("keeps to another schedule, if it is given one", () => {
  const again = (attempts: number) =>
    nextStep(failedWith("no answer"), attempts, nowMs, () => 0.5, [0, 1_000]);
  expect(again(1)).toMatchObject({ kind: "retry", dueMs: nowMs + 1_000 });
  expect(again(2)).toMatchObject({ kind: "exhausted" });
});
