import { describe, expect, it } from "vitest";
import { RateLimit } from "../../../servers/service/rate-limit.ts";

const nowMs = 1_700_000_000_000;

describe("RateLimit", () => {
  it("admits everything when there is no limit", () => {
    const limit = new RateLimit(0);
    for (let request = 0; request < 1_000; request++) expect(limit.take(nowMs)).toBe(0);
  });

  it("admits a second's worth at once, then one for each part of a second", () => {
    const limit = new RateLimit(4);
    expect([0, 0, 0, 0, 0].map(() => limit.take(nowMs))).toEqual([0, 0, 0, 0, 0.25]);
    expect(limit.take(nowMs + 125)).toBe(0.125);
    expect(limit.take(nowMs + 250)).toBe(0);
    expect(limit.take(nowMs + 250)).toBe(0.25);
  });

  it("holds no more than a second's worth, however long nobody asks", () => {
    const limit = new RateLimit(2);
    limit.take(nowMs);
    expect([0, 0, 0].map(() => limit.take(nowMs + 3_600_000))).toEqual([0, 0, 0.5]);
  });

  it("lends a batch what it lacks, once the bucket is full", () => {
    const limit = new RateLimit(4);
    expect([limit.take(nowMs, 6), limit.take(nowMs), limit.take(nowMs + 500)]).toEqual([0, 0.75, 0.25]);
    expect([limit.take(nowMs + 750, 6), limit.take(nowMs + 1_500, 6)]).toEqual([0.75, 0]);
  });

  it("gives nothing for a clock that is set back", () => {
    const limit = new RateLimit(1);
    expect(limit.take(nowMs)).toBe(0);
    expect(limit.take(nowMs - 60_000)).toBe(1);
  });

  it("is one limit for all that share its memory", () => {
    const memory = new SharedArrayBuffer(RateLimit.memoryBytes);
    const sides = [new RateLimit(2, memory), new RateLimit(2, memory)];
    expect(sides.map((side) => side.take(nowMs))).toEqual([0, 0]);
    expect(sides.map((side) => side.take(nowMs))).toEqual([0.5, 0.5]);
  });
});
