import { readdir } from "node:fs/promises";
import { SaxesParser } from "saxes";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { compiled, drawSvg } from "../../../bench/charts/drawing/draw.ts";
import { ioModelLooks, paper } from "../../../bench/charts/drawing/palette.ts";
import { charts, drawCharts, loadCharts } from "../../../bench/charts/index.ts";
import { summarise } from "../../../bench/report/cells.ts";
import type { Run } from "../../../bench/result.ts";
import { LatencyHistogram } from "../../../bench/stats/histogram.ts";
import { runMeasuring } from "../fixtures/measured.ts";
import { completedWith, runWith, trialWith } from "../fixtures/one-cell.ts";
import { inventedRun } from "../fixtures/run.ts";
import { wholeRun } from "../fixtures/whole-run.ts";

/** Vega and Vega-Lite tell of specs that they had to mend. */
const warn = vi.spyOn(console, "warn");
beforeEach(() => void warn.mockClear());
afterEach(() => expect(warn).not.toHaveBeenCalled());

/** The text of an SVG, one entry an element; throws when it is not well-formed. */
function textsOf(svg: string): string[] {
  const texts: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("text", (text) => {
    if (text.trim() !== "") texts.push(text);
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(svg).close();
  return texts;
}

async function textsOfChart(run: Run, name: keyof typeof charts): Promise<string[]> {
  const picture = (await charts[name]()).default.picture(run);
  return picture === undefined ? [] : textsOf(await drawSvg(compiled(picture.spec)));
}

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
    expect(await drawCharts({ ...wholeRun({ blocks: 1 }), trials: [] })).toEqual([]);
    expect(await drawCharts({ ...wholeRun({ blocks: 1 }), scenarios: [] })).toEqual([]);
  });

  test("says so when every trial failed, or is left out", async () => {
    const run = wholeRun({ blocks: 1 });
    const outcome = { state: "failed", phase: "start", message: "port taken" } as const;
    const failed = { ...run, trials: run.trials.map((trial) => ({ ...trial, outcome })) };
    const drawn = await drawCharts(failed);
    expect(drawn.length).toBeGreaterThan(4);
    for (const { name, svg } of drawn) expect(textsOf(svg).join("\n"), name).toContain("failed");
  });
});

describe("delivery-percentiles", () => {
  test("ends where three events lie beyond, however many subscribers each was delivered to", async () => {
    const histogram = new LatencyHistogram();
    for (let ms = 1; ms <= 1_000; ms++) histogram.record(ms);
    const latency = histogram.encode();
    const trial = (subscribers: number) =>
      trialWith(completedWith({ p50Ms: 1 }, { histograms: { latency } }), {
        scenario: "delivery",
        point: { eventsPerSecond: 100, subscribers },
      });
    const latest = async (subscribers: number) => {
      const chart = (await charts["delivery-percentiles"]()).default;
      const spec = JSON.stringify(chart.picture(runWith([trial(subscribers)]))?.spec);
      return Math.max(...[...spec.matchAll(/"oneIn":([\d.]+)/g)].map(([, oneIn]) => Number(oneIn)));
    };
    // The last step of the line at or before one in 333, and one in 33.
    expect(await latest(1)).toBeCloseTo(10 ** (15 / 6));
    expect(await latest(10)).toBeCloseTo(10 ** (9 / 6));
  });
});

describe("wasted-polls", () => {
  const at = (eventsPerInterval: number, wastedPercent: number) => ({
    ...{ scenario: "boiling", arm: "polling", point: { pollMs: eventsPerInterval } },
    figures: { eventsPerInterval, wastedPercent },
  });

  test("lays what was measured over the curve of theory", async () => {
    const run = runMeasuring([at(0.1, 90), at(1, 37), at(20, 0)]);
    const spec = JSON.stringify((await charts["wasted-polls"]()).default.picture(run)?.spec);
    expect(spec).toContain('"perInterval":1,"percent":37,"low":37,"high":37');
    const curve = [...spec.matchAll(/"perInterval":([\d.e-]+),"percent":([\d.e-]+)}/g)];
    expect(curve.length).toBeGreaterThan(100);
    for (const [, perInterval, percent] of curve)
      expect(Number(percent)).toBeCloseTo(100 * Math.exp(-Number(perInterval)), 6);
    const texts = await textsOfChart(run, "wasted-polls");
    expect(texts).toEqual(expect.arrayContaining(["90 %", "37 %", "0 %"]));
    expect(texts.join(" ")).toContain("95 % interval of n = 6 trials");
  });

  test("leaves out what chance left without an event, and all of it without a trial", async () => {
    expect(await textsOfChart(runMeasuring([at(0, 100)]), "wasted-polls")).toEqual([]);
    expect(await textsOfChart(inventedRun({ blocks: 1 }), "wasted-polls")).toEqual([]);
  });
});

describe("latency-ladder", () => {
  const rung = (arm: string, figures: Record<string, number>) => ({ scenario: "ladder", arm, figures });

  test("shows each rung here beside the talk's, where the talk names it", async () => {
    const run = runMeasuring([
      rung("l1", { medianNs: 1.02, talkCycles: 3 }),
      rung("l3", { medianNs: 40 }),
      rung("ram", { medianNs: 250, talkCycles: 250 }),
      rung("disk", { medianNs: 41e6 / 3 / 200, talkCycles: 41e6 }),
    ]);
    const texts = await textsOfChart(run, "latency-ladder");
    for (const text of ["l1", "l3", "as in the talk", "3 times slower here", "200 times faster here"])
      expect(texts).toContain(text);
  });

  test("says of a rung that this machine does not have why it is empty", async () => {
    const run = runMeasuring([rung("l1", { medianNs: 1 }), rung("disk", {})]);
    const exempt = { state: "exempt", reason: "no disk" } as const;
    const trials = run.trials.map((trial) => (trial.arm === "disk" ? { ...trial, outcome: exempt } : trial));
    expect(await textsOfChart({ ...run, trials }, "latency-ladder")).toContain("exempt");
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
    expect((await textsOfChart(run, "fan-out")).join("\n")).toMatch(
      /failed \(ramp\): expected 128 subscribers/,
    );
    const memory = (await textsOfChart(run, "memory-per-connection")).join(" ");
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
      trialWith(completedWith({ bytesPerConnection: -4_096 }), {
        scenario: "connections",
        point: { target: 10 },
      }),
    ]);
    expect(await textsOfChart(run, "memory-per-connection")).toContain(
      "-4.0 KiB: not above 0, so not on a logarithmic axis",
    );
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

  test("every I/O model has a shape of its own", () => {
    expect(new Set(looks.map(({ shape }) => shape)).size).toBe(looks.length);
  });
});
