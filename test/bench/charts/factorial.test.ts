import { describe, expect, test } from "vitest";
import { compiled, drawSvg } from "../../../bench/charts/drawing/draw.ts";
import chart from "../../../bench/charts/factorial.ts";
import { factorialPanels, levelOf, sharedTransports } from "../../../bench/charts/factorial-cells.ts";
import type { Run } from "../../../bench/result.ts";
import { type MeasuredCell, runMeasuring } from "../fixtures/measured.ts";
import { inventedRun } from "../fixtures/run.ts";
import { textsOfSvg } from "../fixtures/texts-of-svg.ts";

async function textsOf(run: Run): Promise<string[]> {
  const picture = chart.picture(run);
  return picture === undefined ? [] : textsOfSvg(await drawSvg(compiled(picture.spec)));
}

const ingest = (arm: string, perSecond: number | number[]): MeasuredCell => ({
  ...{ scenario: "ingest", arm, point: { connections: 10 }, figures: { perSecond } },
});

/** A run of all servers in which only these cells were measured. */
function runOf(cells: readonly MeasuredCell[]): Run {
  const { servers } = inventedRun({ blocks: 1 });
  const run = runMeasuring(cells);
  return { ...run, servers, scenarios: run.scenarios.map(({ arms: _, ...scenario }) => scenario) };
}

describe("factorial", () => {
  test("compares the transports that more than one I/O model serves", () => {
    expect(sharedTransports(inventedRun())).toEqual(["polling", "comet", "streaming"]);
  });

  test("tells the server without Express from the others of the event loop", () => {
    const { servers } = inventedRun({ blocks: 1 });
    const names = servers.map((server) => `${server.name}: ${levelOf(server)?.name}`);
    expect(names).toContain("streaming: event loop");
    expect(names).toContain("bare: the same, no Express");
    expect(names).toContain("threads-comet: thread each");
    expect(names).toContain("cgi: process each");
  });

  test("divides threads by the event loop, like by like: without Express where there is such a server", async () => {
    const run = runOf([
      ingest("comet", 5_000),
      ingest("threads-comet", [6_000, 6_500, 7_000, 7_500, 8_000, 8_500]),
      ingest("streaming", 5_000),
      ingest("bare", 16_000),
      ingest("threads-streaming", 8_000),
    ]);
    const [panel] = factorialPanels(run);
    expect(panel?.ratios.map(({ transport, over, under, ratio }) => [transport, over, under, ratio])).toEqual(
      [
        ["polling", "threads-polling", "polling", undefined],
        ["comet", "threads-comet", "comet", expect.closeTo(Math.sqrt(1.4 * 1.5), 6)],
        ["streaming", "threads-streaming", "bare", expect.closeTo(0.5, 6)],
      ],
    );
    const texts = await textsOf(run);
    for (const text of ["1.45×", "1.20–1.70", "0.500×"]) expect(texts).toContain(text);
    const rows = chart.picture(run)?.table.rows.map(({ cells }) => cells) ?? [];
    expect(rows).toContainEqual([
      ...["webhooks taken in", "10 connections", "comet", "thread per connection over event loop"],
      ...["threads-comet over comet", "1.45× (1.20–1.70, n = 6)"],
    ]);
    expect(rows).toContainEqual([
      ...["webhooks taken in", "10 connections", "streaming", "event loop, no Express", "bare"],
      "16,000 /s (16,000 /s, n = 6)",
    ]);
  });

  test("names the cells that are empty, and why", async () => {
    const texts = await textsOf(runOf([ingest("comet", 5_000)]));
    expect(texts).toContain("× threads-comet: not run");
    expect(texts.filter((text) => text === "not built")).toHaveLength(4);
    expect(texts.join(" ")).toContain("under one I/O model alone: ws, socketio, socketio-polling, tcp.");
  });

  test("has all states of the invented run in it", async () => {
    const texts = await textsOf(inventedRun());
    expect(texts.some((text) => text.startsWith("× cgi: exempt: no connection outlives"))).toBe(true);
    const all = texts.join(" ");
    expect(all).toContain(
      "* connections: threads-polling, threads-comet, threads-streaming: at a target of 128",
    );
    expect(all).toContain("† ingest: bare: generator-bound");
    expect(all).toContain("◊ ingest: threads-comet: the server was only 64 % busy");
    expect(all).toContain("Threads here are V8 isolates");
    expect(texts).toContain("0.261× ◊");
    expect(texts).toContain("0.0772× †");
    expect(all).toContain("Parallel lines: that is all. Others: the two interact");
  });

  test("has a panel for each figure that was measured, and none of a run without", () => {
    expect(factorialPanels(inventedRun()).map(({ shown }) => shown.figure)).toEqual([
      ...["p50Ms", "p99Ms", "cpuPerEventUs", "bytesPerConnection", "perSecond"],
    ]);
    expect(chart.picture({ ...inventedRun({ blocks: 1 }), trials: [] })).toBeUndefined();
  });
});
