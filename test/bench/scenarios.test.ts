import { describe, expect, it } from "vitest";
import { profiles } from "../../bench/profiles.ts";
import { scenarios } from "../../bench/scenarios/index.ts";
import type { Measured } from "../../bench/scenarios/scenario.ts";

const usage = { cpuMs: 0, childrenCpuMs: undefined, rssBytes: 50e6 };

/** 100 events in 2 s, to 1,000 connections that took 4 s to ramp up. */
const measured: Measured = {
  durationMs: 2_000,
  accepted: 100,
  ramp: { connected: 1_000, durationMs: 4_000, limit: "all that were asked for are connected" },
  server: {
    unloaded: usage,
    before: { ...usage, cpuMs: 500, childrenCpuMs: 100, rssBytes: 58e6 },
    after: { ...usage, cpuMs: 520, childrenCpuMs: 130, rssBytes: 60e6 },
  },
  latency: { count: 1_000, percentileMs: (percent) => percent / 10 },
  rounds: [
    [3, 1, 2],
    [6, 4, 5],
    [9, 7, 8],
  ],
};

function figuresOf(name: string, changes: Partial<Measured> = {}) {
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`expected a scenario ${name}`);
  return scenario.figures({ ...measured, ...changes });
}

describe("figures of a trial", () => {
  it("delivery: percentiles, and CPU with that of ended children", () => {
    expect(figuresOf("delivery").figures).toEqual({ p50Ms: 5, p99Ms: 9.9, maxMs: 10, cpuPerEventUs: 500 });
  });

  it("delivery: no p99 of too few samples, and it says so", () => {
    const { figures, notes } = figuresOf("delivery", { latency: { ...measured.latency, count: 199 } });
    expect(figures.p99Ms).toBeUndefined();
    expect(notes.join()).toContain("199");
  });

  it("delivery: no median of a handful", () => {
    const { figures, notes } = figuresOf("delivery", { latency: { ...measured.latency, count: 7 } });
    expect(figures.p50Ms).toBeUndefined();
    expect(notes).toHaveLength(2);
  });

  it("delivery: no CPU per event where none was accepted", () => {
    expect(figuresOf("delivery", { accepted: 0 }).figures.cpuPerEventUs).toBeUndefined();
  });

  it("fan-out: an event that nobody got was first and last nowhere", () => {
    const { figures } = figuresOf("fan-out", { rounds: [[]] });
    expect(figures).toEqual({ firstMs: undefined, medianMs: undefined, lastMs: undefined, rounds: 1 });
  });

  it("fan-out: medians over the rounds", () => {
    expect(figuresOf("fan-out").figures).toEqual({ firstMs: 4, medianMs: 5, lastMs: 6, rounds: 3 });
  });

  it("connections: what each costs", () => {
    const { figures, notes } = figuresOf("connections");
    expect(figures).toEqual({
      connected: 1_000,
      perSecond: 250,
      bytesPerConnection: 8_000,
      idleCpuUsPerConnectionSecond: 25,
    });
    expect(notes).toEqual(["the ramp ended: all that were asked for are connected"]);
  });

  it("connections: no memory each of a handful", () => {
    const { figures, notes } = figuresOf("connections", { ramp: { ...measured.ramp, connected: 9 } });
    expect(figures.bytesPerConnection).toBeUndefined();
    expect(notes).toHaveLength(2);
  });

  it("connections: nothing per connection where there is none", () => {
    const { figures } = figuresOf("connections", { ramp: { ...measured.ramp, connected: 0 } });
    expect(figures.bytesPerConnection).toBeUndefined();
  });

  it("ingest: webhooks per second", () => {
    expect(figuresOf("ingest").figures).toEqual({ perSecond: 50, cpuPerEventUs: 500 });
  });
});

describe("every scenario", () => {
  it.each(scenarios)("$name gives exactly the figures of its columns", (scenario) => {
    const columns = scenario.columns.map(({ figure }) => figure);
    expect(Object.keys(scenario.figures(measured).figures).toSorted()).toEqual(columns.toSorted());
  });

  it.each(scenarios)("$name has points in every profile, and a load for each", (scenario) => {
    for (const profile of Object.values(profiles)) {
      const points = scenario.points(profile);
      expect(points.length).toBeGreaterThan(0);
      for (const point of points) expect(scenario.load(point, profile).rampMs).toBeGreaterThan(0);
    }
  });
});
