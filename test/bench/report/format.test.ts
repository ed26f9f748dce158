import { describe, expect, test } from "vitest";
import {
  formatBandwidth,
  formatDuration,
  formatErrors,
  formatEstimate,
  formatExact,
  formatFigure,
  formatMoment,
  formatPoint,
  formatRange,
  formatThreshold,
  formatTick,
} from "../../../bench/report/format.ts";
import type { Unit } from "../../../bench/result.ts";
import { noErrors } from "../fixtures/one-cell.ts";

describe("estimates", () => {
  test.each<[readonly [number, number, number], Unit, string]>([
    [[195.4, 188.2, 203.1], "times", "195× (188–203)"],
    [[2.953, 2.908, 2.984], "times", "2.95× (2.91–2.98)"],
    [[6_250, 900, 7_168], "bytes", "6.10 KiB (0.879–7.00)"],
    [[18_204.4, 17_900, 18_400], "per second", "18,204 /s (17,900–18,400)"],
    [[99.962, 99.95, 99.97], "percent", "99.96 % (99.95–99.97)"],
    [[99.5, 99, 100], "percent", "99.5 % (99.0–100)"],
    [[0, 0, 0.37], "percent", "0 % (0–0.370)"],
    [[3, 3, 3], "count", "3"],
    [[2.5, 2, 3], "count", "2.50 (2–3)"],
    [[0.0001234, 0.0001, 0.0002], "s", "0.000123 s (0.000100–0.000200)"],
  ])("%o %s reads %s", ([value, low, high], unit, text) => {
    expect(formatEstimate({ value, low, high }, unit)).toBe(text);
  });

  test("what stands besides stands with the interval", () => {
    expect(formatEstimate({ value: 1, low: 1, high: 1 }, "count", "n = 4")).toBe("1 (n = 4)");
    expect(formatEstimate({ value: 2, low: 1, high: 3 }, "count", "n = 4")).toBe("2 (1–3, n = 4)");
  });

  test.each<[number, Unit, string]>([
    [100, "times", "100×"],
    [2.7, "times", "2.7×"],
    [0.0005, "ms", "0.0005 ms"],
    [10_000, "count", "10,000"],
    [1_048_576, "bytes", "1 MiB"],
    [871, "bytes", "871 B"],
  ])("a threshold of %d %s reads %s", (value, unit, text) => {
    expect(formatThreshold(value, unit)).toBe(text);
  });
});

describe("figures", () => {
  test.each<[number, Unit, string]>([
    [0.312, "ms", "0.31 ms"],
    [0.3, "ms", "0.30 ms"],
    [0.0049, "ms", "0.0049 ms"],
    [0.996, "ms", "1.0 ms"],
    [9.96, "ms", "10 ms"],
    [99.4, "ms", "99 ms"],
    [99.6, "ms", "100 ms"],
    [503.4, "ms", "503 ms"],
    [1_012, "ms", "1,012 ms"],
    [1.7, "ns", "1.7 ns"],
    [999, "ns", "999 ns"],
    [67_200, "ns", "67 µs"],
    [85_080_235, "ns", "85 ms"],
    [0, "ms", "0 ms"],
    [84.2, "µs", "84 µs"],
    [18_204.4, "per second", "18,204 /s"],
    [21.44, "per second", "21 /s"],
    [6_250, "bytes", "6.1 KiB"],
    [8_178_892, "bytes", "7.8 MiB"],
    [512, "bytes", "512 B"],
    [-12_288, "bytes", "-12 KiB"],
    [17_179_869_184, "bytes", "16 GiB"],
    [4, "count", "4"],
    [2_000, "count", "2,000"],
    [12.34, "percent", "12 %"],
    [7.42, "count", "7.4"],
    [102.5, "count", "103"],
  ])("%d %s reads %s", (value, unit, text) => {
    expect(formatFigure(value, unit)).toBe(text);
  });

  test("a range has one unit, that of its upper end", () => {
    expect(formatRange(0.29, 0.35, "ms")).toBe("0.29–0.35 ms");
    expect(formatRange(900, 2_048, "bytes")).toBe("0.88–2.0 KiB");
    expect(formatRange(17_900, 18_400, "per second")).toBe("17,900–18,400 /s");
  });

  test("where near values matter, a figure has its digits and no larger unit", () => {
    expect(formatExact(5.2144, "ms")).toBe("5.214 ms");
    expect(formatExact(182_400, "bytes")).toBe("182,400 B");
    expect(formatExact(0, "count")).toBe("0");
  });

  test("bandwidth is in powers of ten", () => {
    expect([1e9, 100e6, 2.5e9].map(formatBandwidth)).toEqual(["1 Gbit/s", "100 Mbit/s", "2.5 Gbit/s"]);
  });

  test("a range whose ends read alike is one figure", () => {
    expect(formatRange(1.21, 1.24, "ms")).toBe("1.2 ms");
  });

  test("ticks carry no zeros", () => {
    expect([0.1, 1, 1_000].map((value) => formatTick(value, "ms"))).toEqual(["0.1 ms", "1 ms", "1,000 ms"]);
    expect([4_096, 1_048_576].map((value) => formatTick(value, "bytes"))).toEqual(["4 KiB", "1 MiB"]);
  });
});

test("points read as words", () => {
  expect(formatPoint({ eventsPerSecond: 20, subscribers: 1_000 })).toBe(
    "20 events per second, 1,000 subscribers",
  );
  expect(formatPoint({ subscribers: 1 })).toBe("1 subscriber");
  expect(formatPoint({ target: 2_000 })).toBe("a target of 2,000 connections");
  expect(formatPoint({ payloadBytes: 65_536 })).toBe("payload of 64 KiB");
  expect(formatPoint({ roundTripMs: 80 })).toBe("a round trip of 80 ms");
  expect(formatPoint({ payloadKilobytes: 4 })).toBe("payloadKilobytes 4");
});

test("faults that are 0 are not mentioned", () => {
  expect(formatErrors(noErrors)).toBe("");
  expect(formatErrors({ ...noErrors, connect: 1, missing: 1_200 })).toBe(
    "1 connection that could not be made; 1,200 events missing at their subscribers",
  );
});

test("durations and moments", () => {
  expect(formatDuration(48_300)).toBe("48 s");
  expect(formatDuration(241_000)).toBe("4 min 1 s");
  expect(formatMoment("2026-03-01T12:00:59.000Z")).toBe("2026-03-01 12:00 UTC");
});
