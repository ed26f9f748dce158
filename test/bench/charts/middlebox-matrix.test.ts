import { describe, expect, test } from "vitest";
import chart from "../../../bench/charts/middlebox-matrix.ts";
import { withArm, withOutcomes } from "../fixtures/arm-states.ts";
import { runMeasuring } from "../fixtures/measured.ts";
import { completedWith } from "../fixtures/one-cell.ts";
import { inventedRun } from "../fixtures/run.ts";
import { textsOfChart } from "./texts.ts";

describe("middlebox-matrix", () => {
  const box = (arm: string, figures: Record<string, number | number[]>) => ({
    ...{ scenario: "middleboxes", arm, point: { roundTripMs: 80 }, figures },
  });
  const open = { pollingMs: [160, 165, 168, 168, 170, 176], pollingBlocked: 0, wsMs: 240, wsBlocked: 0 };
  const strips = { pollingMs: 168, pollingBlocked: 0, wsBlocked: 1 };

  test("has the round trips to the first event, and their interval in ms", async () => {
    const run = runMeasuring([box("transparent", open)]);
    const texts = await textsOfChart(run, "middlebox-matrix");
    expect(texts).toEqual(expect.arrayContaining(["transparent", "2.1", "160–176 ms", "3", "240 ms"]));
    const { columns, rows } = chart.picture(run)?.table ?? { columns: [], rows: [] };
    expect(columns.slice(0, 5)).toEqual(["box", "polling", "comet", "streaming", "ws"]);
    expect(rows[0]?.cells[1]).toBe("168 ms (160–176 ms, n = 6)");
    expect(rows[0]?.cells[2]).toBe("not read");
  });

  test("says in words and with a mark what does not pass, always or at times", async () => {
    const run = runMeasuring([box("strips-upgrade", strips)]);
    expect(
      (await textsOfChart(run, "middlebox-matrix")).filter((text) => text === "does not pass"),
    ).toHaveLength(1);
    expect(chart.picture(run)?.table.rows[0]?.cells[4]).toBe("does not pass, in none of 6 trials");
    const passed = completedWith({ wsMs: 170, wsBlocked: 0 });
    const kept = completedWith({ wsBlocked: 1 });
    const atTimes = withOutcomes(run, "strips-upgrade", passed, passed, kept);
    expect(await textsOfChart(atTimes, "middlebox-matrix")).toContain("in 2 of 6");
    expect(chart.picture(atTimes)?.table.rows[0]?.cells[4]).toBe(
      "170 ms (170 ms, n = 2); does not pass in 4 of 6 trials",
    );
  });

  test("names boxes that were not measured, with the reason", async () => {
    const measured = runMeasuring([box("transparent", open), box("nginx", open), box("http-only", open)]);
    const exempt = { state: "exempt", reason: "nginx is not installed here" } as const;
    const failed = { state: "failed", phase: "start", message: "port taken" } as const;
    const states = withOutcomes(withOutcomes(measured, "nginx", exempt), "http-only", failed);
    const run = withArm(states, "middleboxes", "kills-idle-sooner");
    const texts = await textsOfChart(run, "middlebox-matrix");
    for (const text of [
      ...["nginx", "exempt: nginx is not installed here", "http-only", "failed (start): port taken"],
      ...["kills-idle-sooner", "not run"],
    ])
      expect(texts).toContain(text);
    expect(chart.picture(run)?.table.rows.map(({ cells }) => cells[4])).toEqual([
      "240 ms (240 ms, n = 6)",
      "exempt: nginx is not installed here",
      "failed (start): port taken",
      "not run",
    ]);
    expect(chart.picture(inventedRun({ blocks: 1 }))).toBeUndefined();
  });
});
