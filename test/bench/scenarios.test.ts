import { describe, expect, it } from "vitest";
import { profiles } from "../../bench/profiles.ts";
import { scenarios } from "../../bench/scenarios/index.ts";
import type { Measured } from "../../bench/scenarios/scenario.ts";
import { samplesFor } from "../../bench/stats/enough-samples.ts";
import type { ProcessUsage } from "../../servers/contract.ts";

const usage: ProcessUsage = {
  atMs: 0,
  cpuMs: 0,
  childrenCpuMs: undefined,
  rssBytes: 50e6,
  loop: { idleMs: 0, activeMs: 0 },
  gc: { count: 0, totalMs: 0 },
  loopDelay: undefined,
};

/** 100 events in 2 s, to 1,000 connections that took 4 s to ramp up. */
const measured: Measured = {
  ioModel: "event loop",
  durationMs: 2_000,
  accepted: 100,
  ramp: {
    connected: 1_000,
    durationMs: 4_000,
    limit: "all that were asked for are connected",
    loadUtilisation: 0.5,
    loadMemoryBytes: 3e6,
    listenQueue: { overflows: 0, synRetransmits: 0 },
  },
  server: {
    unloaded: usage,
    before: {
      ...usage,
      atMs: 8_000,
      cpuMs: 500,
      rssBytes: 58e6,
      loop: { idleMs: 7_000, activeMs: 1_000 },
      gc: { count: 4, totalMs: 20 },
    },
    after: {
      ...usage,
      atMs: 10_500,
      cpuMs: 550,
      rssBytes: 60e6,
      loop: { idleMs: 9_250, activeMs: 1_250 },
      gc: { count: 5, totalMs: 45 },
      loopDelay: { samples: 500, p50Ms: 1, p99Ms: 3, maxMs: 9 },
    },
  },
  memory: {
    unloaded: { pssBytes: 40e6, sockets: { sockets: 2, bytesPerSocket: 4_000, bufferBytes: 0 } },
    loaded: { pssBytes: 47e6, sockets: { sockets: 2_002, bytesPerSocket: 4_000, bufferBytes: 100_000 } },
  },
  loopback: { bytes: 300_000, packets: 1_000 },
  subscriberBytes: { bytesIn: 190_000, bytesOut: 10_000 },
  clockUncertaintyMs: 0.3,
  latency: { count: 1_000, percentileMs: (percent) => percent / 10 },
  rounds: [
    [3, 1, 2],
    [6, 4, 5],
    [9, 7, 8],
  ],
  loadUtilisation: 0.25,
};

function figuresOf(name: string, changes: Partial<Measured> = {}) {
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`expected a scenario ${name}`);
  return scenario.figures({ ...measured, ...changes });
}

describe("figures of a trial", () => {
  it("delivery: percentiles and CPU", () => {
    expect(figuresOf("delivery", { accepted: 400 }).figures).toMatchObject({
      p50Ms: 5,
      p99Ms: 9.9,
      maxMs: 10,
      cpuPerEventUs: 125,
    });
  });

  it("delivery: no p99 of too few events, however many deliveries, and it says so", () => {
    const { figures, notes } = figuresOf("delivery", { accepted: 299 });
    expect(figures.p99Ms).toBeUndefined();
    expect(notes.join()).toContain("no p99: it takes 300 events");
  });

  it("delivery: no median of a handful", () => {
    const { figures, notes } = figuresOf("delivery", { accepted: 5 });
    expect(figures.p50Ms).toBeUndefined();
    expect(notes).toHaveLength(2);
  });

  it("delivery: no CPU per event where none was accepted", () => {
    expect(figuresOf("delivery", { accepted: 0 }).figures.cpuPerEventUs).toBeUndefined();
  });

  it("connections: a ramp that was too fast says so", () => {
    const { notes } = figuresOf("connections", {
      ramp: { ...measured.ramp, listenQueue: { overflows: 7, synRetransmits: 5 } },
    });
    expect(notes.join()).toContain("overflowed 7 times, and 5 connections");
  });

  it("fan-out: CPU per delivery, and none where nothing was delivered", () => {
    expect(figuresOf("fan-out").figures.cpuPerDeliveryUs).toBe(50);
    const latency = { count: 0, percentileMs: () => undefined };
    expect(figuresOf("fan-out", { latency }).figures.cpuPerDeliveryUs).toBeUndefined();
  });

  it("fan-out: an event that nobody got was first and last nowhere", () => {
    const { figures } = figuresOf("fan-out", { rounds: [[]] });
    expect(figures).toMatchObject({ firstMs: undefined, medianMs: undefined, lastMs: undefined, rounds: 1 });
  });

  it("fan-out: a round that somebody missed has no last, so it is left out, and it says so", () => {
    const rounds = [
      [3, 1, 2],
      [6, 4],
    ];
    const { figures, notes, distributions } = figuresOf("fan-out", {
      rounds,
      ramp: { ...measured.ramp, connected: 3 },
    });
    expect(figures).toMatchObject({ firstMs: 1, medianMs: 2, lastMs: 3, rounds: 2 });
    expect(distributions?.last).toEqual([3]);
    expect(notes.join()).toContain("1 of 2 rounds");
  });

  it("fan-out: medians over the rounds, and the whole distributions", () => {
    const { figures, distributions } = figuresOf("fan-out", { ramp: { ...measured.ramp, connected: 3 } });
    expect(figures).toMatchObject({ firstMs: 4, medianMs: 5, lastMs: 6, rounds: 3 });
    expect(distributions).toEqual({ first: [1, 4, 7], median: [2, 5, 8], last: [3, 6, 9] });
  });

  it("connections: what each costs", () => {
    const { figures, notes } = figuresOf("connections");
    expect(figures).toMatchObject({
      connected: 1_000,
      perSecond: 250,
      bytesPerConnection: 8_000,
      idleCpuUsPerConnectionSecond: 20,
      pssPerConnection: 7_000,
      kernelPerConnection: 8_100,
      idleIpBytesPerConnectionSecond: 120,
      loadBytesPerConnection: 3_000,
      rampLoadBusyPercent: 50,
      loadBusyPercent: 25,
    });
    expect(notes).toEqual(["the ramp ended: all that were asked for are connected"]);
  });

  it("connections: no ramp of a load that was too busy to connect faster, and it says so", () => {
    const { figures, notes } = figuresOf("connections", {
      ramp: { ...measured.ramp, loadUtilisation: 0.81 },
    });
    expect(figures).toMatchObject({
      perSecond: undefined,
      rampLoadBusyPercent: 81,
      bytesPerConnection: 8_000,
    });
    expect(notes.join()).toContain("no figure of the ramp");
  });

  it("connections: says where idle CPU is that of the reading", () => {
    const { before, after } = measured.server;
    const server = { ...measured.server, after: { ...after, cpuMs: before.cpuMs + 0.6 } };
    const { figures, notes } = figuresOf("connections", { server });
    expect(figures.idleCpuUsPerConnectionSecond).toBeCloseTo(0.24);
    expect(notes.join()).toContain("no more than what reading it takes");
  });

  it("connections: no memory each of a handful", () => {
    const { figures, notes } = figuresOf("connections", { ramp: { ...measured.ramp, connected: 9 } });
    expect(figures.bytesPerConnection).toBeUndefined();
    expect(figures.pssPerConnection).toBeUndefined();
    expect(figures.kernelPerConnection).toBeUndefined();
    expect(notes).toHaveLength(2);
  });

  it("connections: nothing per connection where there is none", () => {
    const { figures } = figuresOf("connections", { ramp: { ...measured.ramp, connected: 0 } });
    expect(figures.bytesPerConnection).toBeUndefined();
  });

  it("ingest: webhooks per second", () => {
    expect(figuresOf("ingest").figures).toMatchObject({ perSecond: 50, cpuPerEventUs: 500 });
  });
});

describe("costs of a trial", () => {
  it("the server: CPU over wall time, its event loop and garbage collection between the same two readings", () => {
    expect(figuresOf("ingest").figures).toMatchObject({
      serverBusyPercent: 2,
      loopBusyPercent: 10,
      gcPercent: 1,
      loopDelayP99Ms: 3,
      loopDelayMaxMs: 9,
    });
  });

  it("the network: all that went over it, by event", () => {
    expect(figuresOf("delivery").figures).toMatchObject({
      bytesDownPerDelivery: 190,
      bytesUpPerDelivery: 10,
      ipBytesPerEvent: 3_000,
      packetsPerEvent: 10,
    });
    expect(figuresOf("delivery", { accepted: 0 }).figures.ipBytesPerEvent).toBeUndefined();
    expect(figuresOf("delivery", { loopback: undefined }).figures.packetsPerEvent).toBeUndefined();
  });

  it("no event loop where the server works in threads or processes, and it says so", () => {
    const { figures, notes } = figuresOf("ingest", { ioModel: "thread per connection" });
    expect(figures.loopBusyPercent).toBeUndefined();
    expect(figures.gcPercent).toBeUndefined();
    expect(figures.serverBusyPercent).toBe(2);
    expect(notes.join()).toContain("event loop");
  });

  it("no p99 of a loop that was looked at a few times, and it says so", () => {
    const { figures, notes } = figuresOf("ingest", withAfter({ loopDelay: delayOf(samplesFor(99) - 1) }));
    expect(figures.loopDelayP99Ms).toBeUndefined();
    expect(figures.loopDelayMaxMs).toBe(9);
    expect(notes.join()).toContain("looks at the loop");
  });

  it("no delay of a loop that was not watched", () => {
    const { figures, notes } = figuresOf("ingest", withAfter({ loopDelay: undefined }));
    expect(figures.loopDelayMaxMs).toBeUndefined();
    expect(notes).toEqual([]);
  });

  it("the CPU of ended children counts, where its ticks are fine enough", () => {
    const children = (cpuMs: number) => {
      const { server, ...rest } = { ...measured, ...withAfter({ childrenCpuMs: cpuMs }) };
      return { ...rest, server: { ...server, before: { ...server.before, childrenCpuMs: 0 } } };
    };
    expect(figuresOf("delivery", children(350)).figures.cpuPerEventUs).toBe(4_000);
    const { figures, notes } = figuresOf("delivery", children(340));
    expect(figures.cpuPerEventUs).toBeUndefined();
    expect(figures.serverBusyPercent).toBeUndefined();
    expect(notes.join()).toContain("no CPU figures");
  });

  it("no memory where this machine does not tell", () => {
    const nothing = { pssBytes: undefined, sockets: undefined };
    const { figures } = figuresOf("connections", { memory: { unloaded: nothing, loaded: nothing } });
    expect(figures.pssPerConnection).toBeUndefined();
    expect(figures.kernelPerConnection).toBeUndefined();
  });
});

const delayOf = (samples: number) => ({ samples, p50Ms: 1, p99Ms: 3, maxMs: 9 });

function withAfter(changes: Partial<ProcessUsage>): Pick<Measured, "server"> {
  const { server } = measured;
  return { server: { ...server, after: { ...server.after, ...changes } } };
}

describe("every scenario", () => {
  it.each(scenarios)("$name gives exactly the figures of its columns and costs", (scenario) => {
    const columns = [...scenario.columns, ...scenario.costs].map(({ figure }) => figure);
    expect(Object.keys(scenario.figures(measured).figures).toSorted()).toEqual(columns.toSorted());
  });

  it.each(scenarios)("$name has points in the longer profiles, and a load for each", (scenario) => {
    for (const [name, profile] of Object.entries(profiles)) {
      const points = scenario.points(profile);
      if (name === "standard" || name === "full") expect(points.length).toBeGreaterThan(0);
      for (const point of points) expect(scenario.load(point, profile).rampMs).toBeGreaterThan(0);
    }
  });
});
