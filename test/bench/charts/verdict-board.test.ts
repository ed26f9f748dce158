import { describe, expect, test } from "vitest";
import chart, { verdictBoard } from "../../../bench/charts/verdict-board.ts";
import { claims, verdictsOf } from "../../../bench/claims/index.ts";
import { verdictTable } from "../../../bench/report/verdicts.ts";
import { runMeasuring } from "../fixtures/measured.ts";
import { poisoned } from "../fixtures/poisoned.ts";
import { inventedRun } from "../fixtures/run.ts";
import { textsOfChart } from "./texts.ts";

const run = runMeasuring([
  ...poisoned({ unmasked: 1_000, tls: 0, "fresh-mask": 0, "raw-tcp": 300 }),
  { scenario: "masking", arm: "masked", point: { payloadBytes: 65_536 }, figures: { cpuMsPerMb: 2 } },
]);

describe("verdict-board", () => {
  test("has the claims with evidence as the verdicts have them, and names the others", async () => {
    const { rows } = verdictTable(run, verdictsOf(run));
    expect(rows.map(({ ruling }) => ruling)).toEqual(["confirmed", "refuted", "confirmed"]);
    const { table } = chart.picture(run) ?? {};
    expect(table?.rows.map(({ cells }) => [cells[0], cells[5]])).toEqual(
      rows.map(({ title, ruling }) => [title, ruling]),
    );
    expect(table?.rows[1]?.cells.slice(2, 5)).toEqual([
      "plain TCP socket, tries that poisoned the cache",
      "30.0 % (28.8–31.2, n = 6,000)",
      "at least 99 %",
    ]);
    const texts = await textsOfChart(run, "verdict-board");
    expect(texts.filter((text) => text === "confirmed")).toHaveLength(2);
    expect(texts.filter((text) => text === "refuted")).toHaveLength(1);
    expect(texts.join(" ")).toContain("Without evidence in this run, 25 claims: “Webhook in, websocket out");
  });

  test("has an inconclusive claim whose evidence failed, and why", async () => {
    const failed = { state: "failed", phase: "measure", message: "cut short" } as const;
    const trials = run.trials.map((trial) => (trial.arm === "tls" ? { ...trial, outcome: failed } : trial));
    const texts = await textsOfChart({ ...run, trials }, "verdict-board");
    expect(texts).toContain("inconclusive");
    expect(texts.filter((text) => text === "not measured").length).toBeGreaterThanOrEqual(1);
    expect(texts.join(" ")).toContain("failed: cut short");
  });

  test("can be had in parts, whose rows together are all of them", () => {
    const all = chart.picture(run)?.table.rows ?? [];
    const parts = [1, 2].map((part) => verdictBoard(run, { part, of: 2 }));
    expect(parts.map((picture) => picture?.table.rows.length)).toEqual([2, 1]);
    expect(parts.flatMap((picture) => picture?.table.rows ?? [])).toEqual(all);
    expect(JSON.stringify(parts[1]?.spec)).toContain("(2 of 2)");
    expect(JSON.stringify(parts[0]?.spec)).not.toContain("Without evidence");
    expect(verdictBoard(run, { part: 4, of: 4 })).toBeUndefined();
  });

  test("is left out where no claim has evidence", () => {
    expect(claims.length).toBeGreaterThan(20);
    expect(chart.picture({ ...inventedRun({ blocks: 1 }), trials: [] })).toBeUndefined();
  });
});
