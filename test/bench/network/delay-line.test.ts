import { describe, expect, it } from "vitest";
import { DelayLine } from "../../../bench/network/delay-line.ts";
import { bandwidthDelayBytes, networks } from "../../../bench/network/networks.ts";

/** 1,000 bytes a millisecond. */
const bitsPerSecond = 8e6;

describe("a delay line", () => {
  it("is due never while nothing is under way", () => {
    const line = new DelayLine<string>(40, bitsPerSecond);
    expect(line.nextDueMs).toBe(Number.POSITIVE_INFINITY);
    expect(line.take(1e9)).toBeUndefined();
  });

  it("is due when the last byte has come: size over bandwidth, and the delay", () => {
    const line = new DelayLine<string>(40, bitsPerSecond);
    line.enter("a", 500, 100);
    expect(line.nextDueMs).toBe(140.5);
    expect(line.take(140.4)).toBeUndefined();
    expect(line.take(140.5)).toEqual({ item: "a", dueMs: 140.5 });
    expect(line.nextDueMs).toBe(Number.POSITIVE_INFINITY);
  });

  it("lets what enters wait until the link is free", () => {
    const line = new DelayLine<string>(40, bitsPerSecond);
    line.enter("a", 2_000, 100);
    line.enter("b", 1_000, 101);
    line.enter("c", 1_000, 110);
    expect(["a", "b", "c"].map(() => line.take(1_000))).toEqual([
      { item: "a", dueMs: 142 },
      { item: "b", dueMs: 143 },
      { item: "c", dueMs: 151 },
    ]);
  });

  it("keeps an end behind the bytes before it", () => {
    const line = new DelayLine<string>(1, bitsPerSecond);
    line.enter("bytes", 5_000, 0);
    line.enter("end", 0, 0);
    expect(line.take(6)?.item).toBe("bytes");
    expect(line.take(6)).toEqual({ item: "end", dueMs: 6 });
  });

  it("keeps the order of very many", () => {
    const line = new DelayLine<number>(10, bitsPerSecond);
    const taken: (number | undefined)[] = [];
    for (let index = 0; index < 10_000; index++) {
      line.enter(index, 1, index);
      // Takes two of three at once, so that the line is long now and then.
      if (index % 3 === 2) taken.push(line.take(index)?.item, line.take(index)?.item);
    }
    for (let next = line.take(1e9); next !== undefined; next = line.take(1e9)) taken.push(next.item);
    expect(taken.filter((item) => item !== undefined)).toEqual(
      Array.from({ length: 10_000 }, (_, index) => index),
    );
  });
});

it("the talk's network access holds 1 MB under way", () => {
  expect(bandwidthDelayBytes(networks.wan.link)).toBe(1e6);
});
