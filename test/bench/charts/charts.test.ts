import { readdir } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  darkColours,
  ioModelLooks,
  paper,
  rulingLooks,
  softInk,
} from "../../../bench/charts/drawing/palette.ts";
import { charts, drawCharts, loadCharts } from "../../../bench/charts/index.ts";
import { summarise } from "../../../bench/report/cells.ts";
import { completedWith, runWith, trialWith } from "../fixtures/one-cell.ts";
import { inventedRun } from "../fixtures/run.ts";
import { textsOfSvg } from "../fixtures/texts-of-svg.ts";
import { textsOfChart } from "./texts.ts";

/** Vega and Vega-Lite tell of specs that they had to mend. */
const warn = vi.spyOn(console, "warn");
beforeEach(() => void warn.mockClear());
afterEach(() => expect(warn).not.toHaveBeenCalled());

describe("the list of charts", () => {
  test("holds every file that is a chart, under its name, and nothing else", async () => {
    const folder = new URL("../../../bench/charts/", import.meta.url);
    const files = (await readdir(folder)).filter((file) => file.endsWith(".ts"));
    const found: string[] = [];
    for (const file of files) {
      const module: object = await import(new URL(file, folder).href);
      if ("default" in module) found.push(file.replace(/\.ts$/, ""));
    }
    expect(found.sort()).toEqual(Object.keys(charts).sort());
    expect((await loadCharts()).map(({ name }) => name)).toEqual(Object.keys(charts));
  });
});

describe("every chart", () => {
  test("is left out when the run has nothing for it", async () => {
    expect(await drawCharts({ ...inventedRun({ blocks: 1 }), trials: [] })).toEqual([]);
    expect(await drawCharts({ ...inventedRun({ blocks: 1 }), scenarios: [], trials: [] })).toEqual([]);
  });

  test("can be drawn when every trial failed", async () => {
    const run = inventedRun({ blocks: 1 });
    const outcome = { state: "failed", phase: "start", message: "port taken" } as const;
    const failed = { ...run, trials: run.trials.map((trial) => ({ ...trial, outcome })) };
    const drawn = await drawCharts(failed);
    expect(drawn.map(({ name }) => name)).not.toContain("delivery-percentiles");
    expect(drawn.map(({ name }) => name)).not.toContain("factorial");
    for (const { name, svg } of drawn) {
      if (name === "verdict-board") continue;
      expect(
        textsOfSvg(svg).filter((text) => text === "failed (start): port taken").length,
      ).toBeGreaterThanOrEqual(12);
    }
  });
});

describe("bars", () => {
  test.each<[number, keyof typeof charts, string]>([
    [1, "delivery-latency", "Open: p99. 2 cores"],
    [3, "delivery-latency", "Open: p99. Bar: range of the trials;"],
    [6, "delivery-latency", "Open: p99. Bar: 95 % interval of the median;"],
    [6, "ingest", "Bar: 95 % interval of the median, or the range of fewer than 6 trials;"],
  ])("of %s trial(s) in %s say what they are", async (blocks, name, words) => {
    expect((await textsOfChart(inventedRun({ blocks }), name)).join(" ")).toContain(words);
  });

  test("reach from end to end of the interval", async () => {
    const figures = [1, 20, 30, 40, 50, 60, 70, 80, 90, 1_000];
    const run = runWith(figures.map((perSecond) => trialWith(completedWith({ perSecond }))));
    const spec = JSON.stringify((await charts.ingest()).default.picture(run)?.spec);
    const { low, high } = summarise(figures).interval ?? {};
    expect(spec).toContain(`"low":${low},"high":${high}`);
    expect(high).toBeLessThan(1_000);
  });
});

describe("marks", () => {
  test("failed, exempt, clamped, generator-bound and faulty cells say so", async () => {
    const run = inventedRun();
    expect((await textsOfChart(run, "fan-out")).join(" ")).toMatch(
      /failed \(ramp\): expected 128 subscribers/,
    );
    const memory = (await textsOfChart(run, "connections-memory")).join(" ");
    expect(memory).toContain("exempt: no connection outlives its request, so none is ever idle");
    expect(memory).toContain("* threads-polling, threads-comet, threads-streaming: at a target of 128");
    expect(memory).toContain("Threads here are V8 isolates");
    const ingest = (await textsOfChart(run, "ingest")).join(" ");
    expect(ingest).toContain("† bare: generator-bound");
    expect(ingest).toContain("◊ threads-comet: the server was only 64 % busy");
    expect(ingest).toContain("‡ comet: 1 of 3 trials failed");
  });

  test("cells that were not run are named, not left out", async () => {
    const run = runWith([trialWith(completedWith({ perSecond: 5_000 }))], ["ws", "tcp"]);
    const texts = await textsOfChart(run, "ingest");
    expect(texts).toContain("tcp");
    expect(texts).toContain("not run");
  });

  test("a figure that has no place on a logarithmic axis stands as text", async () => {
    const run = runWith([
      trialWith(completedWith({ connected: 10, bytesPerConnection: -4_096 }), {
        scenario: "connections",
        point: { target: 10 },
      }),
    ]);
    expect(await textsOfChart(run, "connections-memory")).toContain(
      "-4.0 KiB: not above 0, so not on a logarithmic axis",
    );
  });

  test("a message with control characters, as of a terminal's colours, is still a picture", async () => {
    const run = runWith([
      trialWith({ state: "failed", phase: "start", message: "\u001b[2mport taken\u0000" }),
    ]);
    expect(await textsOfChart(run, "ingest")).toContain("failed (start): [2mport taken");
  });

  test("text from a run cannot become markup", async () => {
    const run = runWith([trialWith({ state: "failed", phase: "start", message: "<script>&" })]);
    expect(await textsOfChart(run, "ingest")).toContain("failed (start): <script>&");
  });
});

describe("the palette", () => {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a: string, b: string) => {
    const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const looks = Object.values(ioModelLooks);

  test("every colour stands out from the paper and, in grey, from the others", () => {
    for (const { colour } of looks) expect(contrast(colour, paper)).toBeGreaterThan(3);
    for (const [i, a] of looks.entries()) {
      for (const b of looks.slice(i + 1)) expect(contrast(a.colour, b.colour)).toBeGreaterThan(1.5);
    }
  });

  test("rulings stand out from the paper and, in grey, from each other, in both schemes; their words can be read", () => {
    const rulings = Object.values(rulingLooks);
    const schemes = [(colour: string) => colour, (colour: string) => darkColours[colour] ?? ""];
    for (const scheme of schemes) {
      for (const [i, a] of rulings.entries()) {
        expect(contrast(scheme(a.colour), scheme(paper))).toBeGreaterThan(3);
        expect(contrast(scheme(a.wordColour), scheme(paper))).toBeGreaterThan(4.5);
        for (const b of rulings.slice(i + 1))
          expect(contrast(scheme(a.colour), scheme(b.colour))).toBeGreaterThan(1.5);
      }
    }
    expect(new Set(rulings.map(({ stroke }) => stroke)).size).toBe(rulings.length);
    expect(rulingLooks.inconclusive.wordColour).toBe(softInk);
  });

  test("every I/O model has a shape of its own", () => {
    expect(new Set(looks.map(({ shape }) => shape)).size).toBe(looks.length);
  });
});
