import { describe, expect, test } from "vitest";
import chart from "../../../bench/charts/wasted-polls.ts";
import { withOutcomes } from "../fixtures/arm-states.ts";
import { runMeasuring } from "../fixtures/measured.ts";
import { inventedRun } from "../fixtures/run.ts";
import { textsOfChart } from "./texts.ts";

describe("wasted-polls", () => {
  const at = (eventsPerInterval: number | number[], wastedPercent: number | number[]) => ({
    ...{ scenario: "boiling", arm: "polling", point: { pollMs: [eventsPerInterval].flat()[0] ?? 0 } },
    figures: { eventsPerInterval, wastedPercent, wastedOffPercent: 0.4 },
  });

  test("lays what was measured over the curve of theory", async () => {
    const run = runMeasuring([at(0.1, 90), at(1, 37), at(20, 0)]);
    const spec = JSON.stringify(chart.picture(run)?.spec);
    expect(spec).toContain('"perInterval":1,"percent":37,"low":37,"high":37');
    const curve = [...spec.matchAll(/"perInterval":([\d.e-]+),"percent":([\d.e-]+)}/g)];
    expect(curve.length).toBeGreaterThan(100);
    for (const [, perInterval, percent] of curve)
      expect(Number(percent)).toBeCloseTo(100 * Math.exp(-Number(perInterval)), 6);
    const texts = await textsOfChart(run, "wasted-polls");
    expect(texts).toEqual(expect.arrayContaining(["90 %", "37 %", "0 %"]));
    expect(texts.join(" ")).toContain("95 % interval of n = 6 trials");
  });

  test("has the interval of both: chance decides how many events come, too", () => {
    const run = runMeasuring([at([0.9, 1, 1, 1, 1, 1.2], [35, 36, 37, 37, 38, 40])]);
    const { spec, table } = chart.picture(run) ?? {};
    expect(JSON.stringify(spec)).toContain('"low":35,"high":40,"fewest":0.9,"most":1.2');
    expect(table?.rows[0]?.cells).toEqual([
      "polls every 0.9 ms",
      "1 (0.90–1.2, n = 6)",
      "37 % (35–40 %, n = 6)",
      "37 %",
      "0.40 % (0.40 %, n = 6)",
    ]);
  });

  test("names what has no place on it, and is left out without a trial that has", async () => {
    const run = runMeasuring([at(0, 100), at(1, 37)]);
    expect(await textsOfChart(run, "wasted-polls")).toContain("polls every 0 ms: no event came");
    const failed = { state: "failed", phase: "measure", message: "the server ended" } as const;
    const trials = run.trials.map((trial) =>
      trial.point.pollMs === 0 ? { ...trial, outcome: failed } : trial,
    );
    expect(await textsOfChart({ ...run, trials }, "wasted-polls")).toContain(
      "polls every 0 ms: failed (measure): the server ended",
    );
    expect(chart.picture(withOutcomes(run, "polling", failed))).toBeUndefined();
    expect(chart.picture(runMeasuring([at(0, 100)]))).toBeUndefined();
    expect(chart.picture(inventedRun({ blocks: 1 }))).toBeUndefined();
  });
});
