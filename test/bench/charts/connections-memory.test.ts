import { describe, expect, test } from "vitest";
import chart from "../../../bench/charts/connections-memory.ts";
import { compiled, drawSvg } from "../../../bench/charts/drawing/draw.ts";
import type { Run } from "../../../bench/result.ts";
import { type MeasuredCell, runMeasuring } from "../fixtures/measured.ts";
import { completedWith } from "../fixtures/one-cell.ts";
import { inventedServers } from "../fixtures/servers.ts";
import { textsOfSvg } from "../fixtures/texts-of-svg.ts";

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;
const ended = { notes: ["the ramp ended: all that were asked for are connected"] };

const ws: readonly MeasuredCell[] = [
  {
    ...{ scenario: "connections", arm: "ws", point: { target: 1_000 }, given: ended },
    figures: { connected: 1_000, pssPerConnection: 16 * KiB, kernelPerConnection: 8 * KiB },
  },
  {
    ...{ scenario: "limits", arm: "ws", point: { target: 16_000 }, given: ended },
    figures: { held: 16_000, overallEach: 10 * KiB, memoryEach: 8 * KiB },
  },
];

function runOf(cells: readonly MeasuredCell[], names: readonly string[]): Run {
  const run = runMeasuring(cells);
  return { ...run, servers: inventedServers.filter(({ name }) => names.includes(name)) };
}

async function textsOf(run: Run): Promise<string[]> {
  const picture = chart.picture(run);
  return picture === undefined ? [] : textsOfSvg(await drawSvg(compiled(picture.spec)));
}

describe("connections-memory", () => {
  test("goes on from the largest reading by what one more takes, to where the memory ends", async () => {
    const run = runOf(ws, ["ws"]);
    // 156.25 MiB are taken by 16,000; what is left of 16 GiB has room for 8 KiB each.
    const fits = 16_000 + (16 * GiB - 16_000 * 10 * KiB) / (8 * KiB);
    expect(fits).toBe(2_093_152);
    const rows = chart.picture(run)?.table.rows.map(({ cells }) => cells);
    const all = "all that were asked for are connected";
    expect(rows).toEqual([
      [
        ...["ws", "1,000", "20 MiB (20 MiB, n = 6)", "20 KiB (20 KiB, n = 6)", "8.0 KiB (8.0 KiB, n = 6)"],
        ...["2,100,000", "≥ 16,000", all],
      ],
      [
        ...["ws", "16,000", "156 MiB (156 MiB, n = 6)", "10 KiB (10 KiB, n = 6)", "8.0 KiB (8.0 KiB, n = 6)"],
        ...["2,100,000", "≥ 16,000", all],
      ],
    ]);
    const texts = await textsOf(run);
    for (const text of ["ws", "8.0 KiB", "≥ 16,000", "2,100,000", "memory of this machine: 16 GiB"])
      expect(texts).toContain(text);
    expect(texts.join(" ")).toContain(`The ramp of ws ended: ${all}.`);
  });

  test("takes what each has so far for one more where that was not read, and says so", async () => {
    const run = runOf(ws.slice(0, 1), ["ws"]);
    const [row] = chart.picture(run)?.table.rows ?? [];
    expect(row?.cells.slice(4, 6)).toEqual(["not read apart", "≥ 840,000"]);
    expect((await textsOf(run)).join(" ")).toContain(
      "what grows once, whatever the number, is in the memory each of ws",
    );
  });

  test("tells a server's own ceiling from an end that was not its", async () => {
    const refused = { notes: ["the ramp ended: attempts failed, most often with: 503"] };
    const threads = {
      ...{ scenario: "limits", arm: "threads-streaming", point: { target: 200 }, given: refused },
      figures: { held: 187, ceiling: 187, overallEach: 8 * MiB, memoryEach: 8 * MiB },
    };
    const run = runOf([...ws, threads], ["ws", "threads-streaming"]);
    const spec = JSON.stringify(chart.picture(run)?.spec);
    expect(spec).toMatch(
      /"server":"threads-streaming","ioModel":"thread per connection","connections":187,[^}]*"form":"at most"/,
    );
    expect(spec).toMatch(/"server":"ws","ioModel":"event loop","connections":16000,[^}]*"form":"at least"/);
    const texts = await textsOf(run);
    expect(texts).toContain("187");
    expect(texts.join(" ")).toContain(
      "The ramp of threads-streaming ended: attempts failed, most often with: 503.",
    );
  });

  test("names servers without a line, and why", async () => {
    const few = {
      ...{ scenario: "connections", arm: "cgi", point: { target: 4 }, figures: { connected: 4 } },
      given: { notes: ["no memory each: it takes 10 connections, this trial has 4"] },
    };
    const comet = { ...ws[0], scenario: "connections", arm: "comet", figures: {} };
    const run = runOf([...ws, few, comet], ["ws", "cgi", "comet", "tcp"]);
    const trials = run.trials.map((trial) =>
      trial.arm === "comet"
        ? { ...trial, outcome: { state: "exempt", reason: "holds none" } as const }
        : trial,
    );
    const texts = await textsOf({ ...run, trials });
    for (const text of [
      "cgi",
      "no memory each: it takes 10 connections, this trial has 4",
      "comet",
      "tcp",
      "not run",
    ])
      expect(texts).toContain(text);
    expect(texts).toContain("exempt: holds none");
  });

  test("falls back on the resident set where nothing else can be read", () => {
    const resident = {
      ...ws[0],
      scenario: "connections",
      arm: "ws",
      figures: { connected: 1_000, bytesPerConnection: 20 * KiB },
    };
    const [row] = chart.picture(runOf([resident], ["ws"]))?.table.rows ?? [];
    expect(row?.cells[3]).toBe("20 KiB (20 KiB, n = 6)");
  });

  test("leaves out the trials that failed, and marks that they did", async () => {
    const run = runOf(ws, ["ws"]);
    const trials = run.trials.map((trial) =>
      trial.scenario === "limits" && trial.block > 1
        ? { ...trial, outcome: { state: "failed", phase: "ramp", message: "killed" } as const }
        : { ...trial, outcome: trial.outcome.state === "completed" ? trial.outcome : completedWith({}) },
    );
    const texts = await textsOf({ ...run, trials });
    expect(texts).toContain("ws‡");
    expect(texts.join(" ")).toContain("‡ ws: 5 of 6 trials failed; in phase ramp: killed.");
  });

  test("is not drawn of a run without connections", () => {
    expect(chart.picture(runOf([], ["ws"]))).toBeUndefined();
  });
});
