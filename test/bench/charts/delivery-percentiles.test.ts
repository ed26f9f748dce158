import { describe, expect, test } from "vitest";
import chart from "../../../bench/charts/delivery-percentiles.ts";
import { summarise } from "../../../bench/report/cells.ts";
import type { Run, Trial } from "../../../bench/result.ts";
import { LatencyHistogram } from "../../../bench/stats/histogram.ts";
import { completedWith, noErrors, runWith, trialWith } from "../fixtures/one-cell.ts";
import { inventedRun } from "../fixtures/run.ts";
import { textsOfChart } from "./texts.ts";

/** 1 ms to 1,000 ms, each once, times `slower`: of a thousand events the p-th percentile is 10 p milliseconds. */
function evenly(slower = 1): string {
  const histogram = new LatencyHistogram();
  for (let ms = 1; ms <= 1_000; ms++) histogram.record(ms * slower);
  return histogram.encode();
}

function trialOf(latency: string, given: Partial<Trial> = {}): Trial {
  return trialWith(completedWith({ p50Ms: 1 }, { histograms: { latency } }), {
    scenario: "delivery",
    point: { eventsPerSecond: 100, subscribers: 1 },
    ...given,
  });
}

/** The strong line of `ws`, by the number of events of which one is later. */
function lineOf(run: Run) {
  const spec = JSON.stringify(chart.picture(run)?.spec);
  const rows = [
    ...spec.matchAll(/{"server":"ws","x":([\d.]+),"y":([\d.]+),"low":([\d.]+),"high":([\d.]+)}/g),
  ];
  return new Map(
    rows.map(([, x, y, low, high]) => [Number(x), { y: Number(y), low: Number(low), high: Number(high) }]),
  );
}

describe("delivery-percentiles", () => {
  test("shows at each percentile the median of the trials, and their range or its interval", () => {
    const three = lineOf(runWith([1, 2, 4].map((slower) => trialOf(evenly(slower)))));
    // HDR keeps three digits.
    for (const [oneIn, ms] of [[2, 500] as const, [10, 900] as const, [100, 990] as const]) {
      const at = three.get(oneIn);
      expect(at?.low).toBeCloseTo(ms, -1);
      expect(at?.y).toBeCloseTo(2 * ms, -1);
      expect(at?.high).toBeCloseTo(4 * ms, -1);
    }
    const slower = [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 9];
    const ten = lineOf(runWith(slower.map((factor) => trialOf(evenly(factor))))).get(10);
    const { low, high } = summarise(slower.map((factor) => 900 * factor)).interval ?? {};
    expect((ten?.low ?? 0) / (low ?? 1)).toBeCloseTo(1, 2);
    expect((ten?.high ?? 0) / (high ?? 1)).toBeCloseTo(1, 2);
  });

  test("says the same as the figures of the tables", () => {
    const cell = runWith([1, 2, 4].map((slower) => trialOf(evenly(slower))));
    const trials = cell.trials.map(({ outcome }) =>
      outcome.state === "completed"
        ? LatencyHistogram.decode(outcome.histograms.latency ?? "").percentileMs(99)
        : undefined,
    );
    expect(lineOf(cell).get(100)?.y).toBe(trials[1]);
  });

  test("ends where three events of every trial lie beyond, however many subscribers each was delivered to", () => {
    const last = (subscribers: number) => {
      const point = { eventsPerSecond: 100, subscribers };
      const spec = JSON.stringify(
        chart.picture(runWith([1, 2].map(() => trialOf(evenly(), { point }))))?.spec,
      );
      return Math.max(...[...spec.matchAll(/"x":([\d.]+),"y"/g)].map(([, oneIn]) => Number(oneIn)));
    };
    // The last step of the line at or before one in 333, and one in 33.
    expect(last(1)).toBeCloseTo(10 ** (15 / 6));
    expect(last(10)).toBeCloseTo(10 ** (9 / 6));
  });

  test("shows the calmest of several points, and says so", async () => {
    const busy = { eventsPerSecond: 100, subscribers: 10 };
    const run = runWith([trialOf(evenly(4), { point: busy }), trialOf(evenly())]);
    const texts = (await textsOfChart(run, "delivery-percentiles")).join(" ");
    expect(texts).toContain("At 100 events per second, 1 subscriber, the calmest of those measured.");
    expect(texts).toContain("n = 1 trial, 1,000 events");
    expect(texts).toContain("p50 500 ms, p99 990 ms");
  });

  test("has words where a server has no line", async () => {
    const point = { eventsPerSecond: 100, subscribers: 1 };
    const at = (arm: string, outcome: Trial["outcome"]) =>
      trialWith(outcome, { scenario: "delivery", arm, point });
    const run = runWith(
      [
        trialOf(evenly()),
        at("tcp", { state: "failed", phase: "start", message: "port taken" }),
        at("comet", { state: "exempt", reason: "it has none" }),
        at("bare", completedWith({}, { histograms: { latency: evenly() }, generatorBound: true })),
        at("polling", completedWith({}, { errors: { ...noErrors, missing: 3 } })),
      ],
      ["ws", "tcp", "comet", "bare", "polling", "cgi"],
    );
    const drawn = await textsOfChart(run, "delivery-percentiles");
    expect(drawn).toContain("not run");
    const texts = drawn.join(" ");
    for (const words of [
      "failed (start): port",
      "exempt: it has none",
      "bare†",
      "† generator-bound: 1 of 1 trials",
      "‡ 3 faults, see below",
      "not read",
    ])
      expect(texts).toContain(words);
  });

  test("has the same figures as a table, with intervals and n", () => {
    const rows = chart.picture(inventedRun())?.table.rows ?? [];
    expect(rows).toHaveLength(12);
    const ws = rows.find(({ server }) => server === "ws")?.cells ?? [];
    expect(ws[0]).toBe("ws");
    expect(ws[2]).toMatch(/^0\.\d+ ms \(0\.\d+.* ms, n = 3\)$/);
    expect(ws.at(-1)).toBe("too few events");
  });
});
