import { describe, expect, test } from "vitest";
import chart from "../../../bench/charts/latency-against-load.ts";
import { runWith } from "../fixtures/one-cell.ts";
import { withRates } from "../fixtures/rates.ts";
import { inventedRun } from "../fixtures/run.ts";
import { textsOfChart } from "./texts.ts";

const run = withRates(inventedRun({ blocks: 1 }));

describe("latency-against-load", () => {
  test("has a line from rate to rate, with the range or interval of each figure", () => {
    const spec = JSON.stringify(chart.picture(run)?.spec);
    const dots = [
      ...spec.matchAll(
        /"server":"comet","figure":"(p\d+) at ([\d,]+) \/s"[^}]*?"low":([\d.]+),"high":([\d.]+)/g,
      ),
    ];
    // Bar and symbol have the same data.
    expect([...new Set(dots.map(([, label, rate]) => `${label} ${rate}`))].sort()).toEqual([
      "p50 1,200",
      "p50 3,600",
      "p50 400",
      "p99 1,200",
      "p99 3,600",
      "p99 400",
    ]);
    for (const [, , , low, high] of dots) expect(Number(low)).toBeLessThan(Number(high));
  });

  test("shows every state in words and marks", async () => {
    const texts = await textsOfChart(run, "latency-against-load");
    for (const text of ["ws†", "threads-comet*", "cgi*", "comet‡", "×", "–", "‹"])
      expect(texts).toContain(text);
    const all = texts.join(" ");
    for (const words of [
      "† generator-bound at 3,600 /s",
      "× 3,600 /s: failed (measure)",
      "– 3,600 /s: not run",
      "* ceiling: 500 /s",
      "* ceiling: 5 /s",
      "‡ faults at 3,600 /s",
      "exempt: a poll a second",
      "* threads-comet: at 500 events per second only: it takes a whole process each.",
      "† Generator-bound: the load was over 80 % busy",
      "‡ comet at 3,600 /s: 1 of 3 trials failed",
    ])
      expect(all).toContain(words);
  });

  test("draws what is generator-bound hollow, and a server only as far as its ceiling", () => {
    const spec = JSON.stringify(chart.picture(run)?.spec);
    const dots = [
      ...spec.matchAll(/"server":"([\w-]+)","figure":"p50 at (\S+) \/s"[^}]*?"form":"(filled|open)"/g),
    ];
    const formOf = (server: string) =>
      new Set(dots.filter(([, name]) => name === server).map(([, , rate, form]) => `${rate} ${form}`));
    expect([...formOf("ws")]).toEqual(["400 filled", "1,200 filled", "3,600 open"]);
    expect([...formOf("threads-comet")]).toEqual(["400 filled", "500 filled"]);
    expect([...formOf("cgi")]).toEqual(["5 filled"]);
    // Far below the lowest rate asked for: at the edge of the axis, and said so.
    const [, edge] = /"server":"cgi","figure":"p50 at 5 \/s"[^}]*?"x":([\d.]+)/.exec(spec) ?? [];
    expect(Number(edge)).toBeCloseTo(400 / 1.35, 3);
  });

  test("has the same figures as a table, with intervals, n and state", () => {
    const rows = chart.picture(run)?.table.rows ?? [];
    const cellsOf = (server: string) => rows.filter((row) => row.server === server).map(({ cells }) => cells);
    expect(cellsOf("cgi")).toHaveLength(1);
    expect(cellsOf("streaming").at(-1)).toEqual([
      "3,600 /s",
      "streaming",
      "none",
      "none",
      "failed (measure): expected an answer within 10 s, got none",
    ]);
    expect(cellsOf("ws").at(-1)?.[2]).toMatch(/ ms \(.*, n = 3\)$/);
    expect(cellsOf("ws").at(-1)?.at(-1)).toBe("† generator-bound: 3 of 3 trials");
  });

  test("is left out of a run without the scenario", () => {
    expect(chart.picture(runWith([]))).toBeUndefined();
    expect(chart.picture(inventedRun({ blocks: 1 }))).toBeUndefined();
  });
});
