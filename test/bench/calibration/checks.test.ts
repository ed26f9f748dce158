import { describe, expect, it } from "vitest";
import {
  type Asked,
  byteChecks,
  countCheck,
  delayCheck,
  stallChecks,
} from "../../../bench/calibration/checks.ts";
import type { Deeds } from "../../../bench/calibration/reference-process.ts";
import { LatencyHistogram } from "../../../bench/stats/histogram.ts";

/** One period: a stall of 1 s in 10 s, 100 webhooks a second. */
const asked: Asked = {
  arrivals: { kind: "constant", seed: 1 },
  eventsPerSecond: 100,
  durationMs: 10_000,
  subscribers: 2,
};
const startMs = 50_000;
const stall = { startMs: startMs + 4_005, endMs: startMs + 5_005 };
const floorMs = 0.25;

/** What an instrument sees of it that sends on schedule. */
const openModel = Array.from({ length: 1_000 }, (_, index) => {
  const sentMs = startMs + index * 10;
  const stalled = sentMs >= stall.startMs && sentMs < stall.endMs;
  return { sentMs, latencyMs: floorMs + (stalled ? stall.endMs - sentMs : 0) };
});

/** And one that sends its next webhook no sooner than the last is answered, and counts from there. */
const closedModel = openModel.filter(
  ({ sentMs }) => sentMs < stall.startMs || sentMs >= stall.endMs || sentMs === startMs + 4_010,
);

function deedsFor(webhooks: readonly { sentMs: number }[]): Deeds {
  const intendedMs = webhooks.map(({ sentMs }) => sentMs);
  const delaysMs = webhooks.map(() => 20.01);
  return { stalls: [stall], intendedMs, arrivedMs: intendedMs, delaysMs, bytesPushed: 150_000, bytesRead: 0 };
}

function seenBy(webhooks: readonly { latencyMs: number }[]) {
  const latency = new LatencyHistogram();
  for (const { latencyMs } of webhooks) {
    for (let subscriber = 0; subscriber < asked.subscribers; subscriber++) latency.record(latencyMs);
  }
  return { events: latency.count, latency, bytesIn: 150_000, bytesOut: 0 };
}

describe("stallChecks", () => {
  it("passes what an open model sees", () => {
    const checks = stallChecks(asked, seenBy(openModel), deedsFor(openModel));
    expect(checks.map(({ expected }) => expected)).toEqual([895, 985]);
    expect(checks.map(({ passed }) => passed)).toEqual([true, true]);
  });

  it("fails what a closed model sees: coordinated omission", () => {
    const [p99, p999] = stallChecks(asked, seenBy(closedModel), deedsFor(closedModel));
    expect(p99).toMatchObject({ expected: 895, passed: false });
    expect(p99?.measured).toBeLessThan(1);
    expect(p999?.expected).toBe(985);
  });

  it("fails an instrument that counts from the time it did send", () => {
    const sending = openModel.map(({ latencyMs, ...webhook }) => ({
      ...webhook,
      latencyMs: Math.min(latencyMs, floorMs),
    }));
    const checks = stallChecks(asked, seenBy(sending), deedsFor(openModel));
    expect(checks.map(({ passed }) => passed)).toEqual([false, false]);
  });

  it("fails a publisher that lets its schedule slip, whatever the webhooks say of it", () => {
    const slipped = openModel.map(({ sentMs, latencyMs }, index) => {
      const late = sentMs >= stall.startMs && sentMs < stall.endMs;
      return late ? { sentMs: stall.endMs + index, latencyMs: floorMs } : { sentMs, latencyMs };
    });
    const checks = stallChecks(asked, seenBy(slipped), deedsFor(slipped));
    expect(checks.map(({ passed }) => passed)).toEqual([false, false]);
  });

  it("takes no stall for granted", () => {
    const deeds = { ...deedsFor(openModel), stalls: [] };
    expect(() => stallChecks(asked, seenBy(openModel), deeds)).toThrow("expected at least one stall");
  });
});

describe("delayCheck", () => {
  const seen = (latencyMs: number) => seenBy(Array(100).fill({ latencyMs }));

  it("expects the delay that the server did have", () => {
    expect(delayCheck(20, seen(20.5), deedsFor(openModel))).toMatchObject({ expected: 20.01, passed: true });
  });

  it("fails a floor above the rule", () => {
    expect(delayCheck(20, seen(20.8), deedsFor(openModel)).passed).toBe(false);
  });

  it("takes no delivery for granted", () => {
    expect(() => delayCheck(20, seenBy([]), deedsFor(openModel))).toThrow("expected at least one latency");
  });
});

it("counts every event at every subscriber, exactly", () => {
  const check = countCheck(asked, seenBy(openModel), "stalls");
  expect(check).toMatchObject({ expected: 2_000, measured: 2_000, passed: true });
  expect(countCheck(asked, seenBy(openModel.slice(1)), "stalls").passed).toBe(false);
});

it("counts bytes to 0.1 %, and those of subscribers that have nothing to say exactly", () => {
  const passedOf = (bytesIn: number, bytesOut: number) =>
    byteChecks({ ...seenBy(openModel), bytesIn, bytesOut }, deedsFor(openModel)).map(({ passed }) => passed);
  expect(passedOf(150_150, 0)).toEqual([true, true]);
  expect(passedOf(150_151, 0)).toEqual([false, true]);
  expect(passedOf(150_000, 1)).toEqual([true, false]);
});
