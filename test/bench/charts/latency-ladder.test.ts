import { describe, expect, test } from "vitest";
import chart from "../../../bench/charts/latency-ladder.ts";
import { withArm, withOutcomes } from "../fixtures/arm-states.ts";
import { runMeasuring } from "../fixtures/measured.ts";
import { textsOfChart } from "./texts.ts";

describe("latency-ladder", () => {
  const rung = (arm: string, figures: Record<string, number | number[]>) => ({
    ...{ scenario: "ladder", arm, figures },
  });

  test("shows each rung here beside the talk's, where the talk names it", async () => {
    const run = runMeasuring([
      rung("l1", { medianNs: 1.02 }),
      rung("l3", { medianNs: 40 }),
      rung("ram", { medianNs: 250 }),
      rung("disk", { medianNs: 41e6 / 3 / 200 }),
    ]);
    const texts = await textsOfChart(run, "latency-ladder");
    for (const text of [
      ...["l1", "l3", "as in the talk", "3 times slower here", "200 times faster here"],
      "not on the talk's slide",
    ])
      expect(texts).toContain(text);
  });

  test("has intervals, and the talk's figure in the table", () => {
    const run = runMeasuring([rung("l2", { medianNs: [5, 5.5, 6, 6, 6.5, 7] })]);
    const { spec, table } = chart.picture(run) ?? {};
    expect(JSON.stringify(spec)).toContain('"low":5,"high":7');
    expect(table?.rows[0]?.cells).toEqual([
      "l2",
      "6.0 ns (5.0–7.0 ns, n = 6)",
      "4.7 ns",
      "1.3 times slower here",
    ]);
  });

  test("says of a rung without a figure why, and has the talk's all the same", async () => {
    const measured = runMeasuring([
      rung("l1", { medianNs: 1 }),
      rung("l2", { medianNs: 1 }),
      rung("disk", {}),
    ]);
    const exempt = { state: "exempt", reason: "no disk" } as const;
    const failed = { state: "failed", phase: "start", message: "port taken" } as const;
    const states = withOutcomes(withOutcomes(measured, "disk", exempt), "l2", failed);
    const run = withArm(states, "ladder", "network");
    const texts = await textsOfChart(run, "latency-ladder");
    expect(texts).toEqual(
      expect.arrayContaining(["exempt: no disk", "failed (start): port taken", "not run"]),
    );
    expect(chart.picture(run)?.table.rows.map(({ cells }) => cells.slice(0, 3))).toEqual([
      ["l1", "1.0 ns (1.0 ns, n = 6)", "1.0 ns"],
      ["l2", "failed (start): port taken", "4.7 ns"],
      ["disk", "exempt: no disk", "14 ms"],
      ["network", "not run", "80 ms"],
    ]);
  });

  test("strikes through and marks what the load may have decided", async () => {
    const bound = { ...rung("l1", { medianNs: 1 }), given: { generatorBound: true } };
    const texts = await textsOfChart(runMeasuring([bound]), "latency-ladder");
    expect(texts).toContain("l1†");
    expect(texts.join(" ")).toContain("† l1: generator-bound");
  });
});
