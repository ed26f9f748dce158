import { describe, expect, test } from "vitest";
import chart from "../../../bench/charts/poison-counts.ts";
import { withArm, withOutcomes } from "../fixtures/arm-states.ts";
import { runMeasuring } from "../fixtures/measured.ts";
import { poisoned } from "../fixtures/poisoned.ts";
import { inventedRun } from "../fixtures/run.ts";
import { textsOfChart } from "./texts.ts";

describe("poison-counts", () => {
  test("counts over all trials, with the exact interval of the share", async () => {
    const run = runMeasuring(poisoned({ unmasked: 1_000, "fresh-mask": 0, tls: 10 }), 1);
    // Clopper and Pearson: of none of a thousand up to 1 - 0.025^(1/1000).
    expect(chart.picture(run)?.table.rows).toEqual([
      { cells: ["unmasked", "1,000 of 1,000", "100 % (99.6–100)"] },
      { cells: ["fresh-mask", "0 of 1,000", "0 % (0–0.368)"] },
      { cells: ["tls", "10 of 1,000", "1.00 % (0.481–1.83)"] },
    ]);
    const texts = await textsOfChart(run, "poison-counts");
    expect(texts).toEqual(expect.arrayContaining(["fresh-mask", "0 of 1,000", "0 % (0–0.368)"]));
    expect(chart.picture(runMeasuring(poisoned({ tls: 1 })))?.table.rows[0]?.cells[1]).toBe("6 of 6,000");
  });

  test("gives none of many tries a symbol at 0", () => {
    const spec = JSON.stringify(chart.picture(runMeasuring(poisoned({ "fresh-mask": 0 })))?.spec);
    expect(spec.match(/"percent":0,/g)?.length).toBeGreaterThanOrEqual(2);
  });

  test("says why there is none of a kind of frame", async () => {
    const measured = runMeasuring(poisoned({ unmasked: 1_000, tls: 0, "raw-tcp": 5 }));
    const failed = { state: "failed", phase: "measure", message: "expected a script" } as const;
    const exempt = { state: "exempt", reason: "no TLS here" } as const;
    const states = withOutcomes(withOutcomes(measured, "raw-tcp", failed), "tls", exempt);
    const texts = await textsOfChart(
      withArm(states, "poisoning", "connect", "the proposal"),
      "poison-counts",
    );
    expect(texts).toEqual(
      expect.arrayContaining(["failed (measure): expected a script", "exempt: no TLS here", "not run"]),
    );
    expect(texts).toContain("the proposal");
    expect(chart.picture(inventedRun({ blocks: 1 }))).toBeUndefined();
  });
});
