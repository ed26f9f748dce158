import { describe, expect, it } from "vitest";
import type { Lab } from "../../../bench/labs/lab.ts";
import { createBenchCommand } from "../../../bench/options.ts";
import { runOptionsOf } from "../../../bench/run/options.ts";
import { planTrials } from "../../../bench/run/plan.ts";
import { scenarios } from "../../../bench/scenarios/index.ts";
import type { Server } from "../../../servers/contract.ts";
import type { ServerName } from "../../../servers/index.ts";

const plain: Server = {
  name: "ws",
  ioModel: "event loop",
  transport: "ws",
  summary: "",
  exempt: [],
  start: () => Promise.reject(new Error("a plan starts no server")),
};
const ceiling = { subscribers: 1, eventsPerSecond: 3, reason: "small" };
const servers: (readonly [ServerName, Server])[] = [
  ["ws", plain],
  ["tcp", { ...plain, name: "tcp" }],
  ["cgi", { ...plain, name: "cgi", ceiling }],
];
const said = createBenchCommand().parse(["--profile", "smoke"], { from: "user" }).opts();
const options = { ...runOptionsOf(said), blocks: 3, fanOutSubscribers: [5, 10] };
const lab: Lab = {
  name: "invented",
  question: "",
  columns: [],
  arms: [
    { name: "one", summary: "" },
    { name: "other", summary: "" },
  ],
  conditions: () => [],
  cells: ({ pollMs }) => [
    { arm: "one", point: { pollMs } },
    { arm: "other", point: { pollMs } },
  ],
  blocks: () => 2,
  expectedMs: () => 1,
  measure: () => Promise.reject(new Error("a plan measures nothing")),
};

describe("planTrials", () => {
  const compared = { servers, scenarios, labs: [lab] };
  const plan = planTrials(compared, options);

  it("holds every cell once in each block", () => {
    // The others have no point in this profile.
    const pointed = scenarios.filter((scenario) => scenario.points(options).length > 0);
    expect(pointed.length).toBeGreaterThan(3);
    for (const { name } of pointed) {
      for (const block of [1, 2, 3]) {
        const cells = plan.filter((trial) => trial.scenario.name === name && trial.block === block);
        const keys = cells.map((trial) => `${trial.arm} ${JSON.stringify(trial.point)}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(new Set(cells.map((trial) => trial.arm))).toEqual(new Set(["ws", "tcp", "cgi"]));
      }
    }
  });

  it("makes a point as small as the server's ceiling, says why, and asks for it once", () => {
    const fanOut = plan.filter(
      (trial) => trial.scenario.name === "fan-out" && trial.arm === "cgi" && trial.block === 1,
    );
    expect(fanOut).toMatchObject([{ point: { subscribers: 1 }, clampedBecause: "small" }]);
  });

  it("ends with the labs, each with the blocks and the cells it asks for", () => {
    const labTrials = plan.slice(-4);
    expect(labTrials.every(({ kind, scenario }) => kind === "lab" && scenario === lab)).toBe(true);
    expect(labTrials.map(({ block }) => block)).toEqual([1, 1, 2, 2]);
    expect(plan.filter(({ kind }) => kind === "lab")).toHaveLength(4);
    for (const { point } of labTrials) expect(point).toEqual({ pollMs: options.pollMs });
  });

  it("is decided by the seed", () => {
    const order = (seed: number) => planTrials(compared, { ...options, seed }).map((trial) => trial.arm);
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
  });
});
