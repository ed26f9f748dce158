import { describe, expect, it } from "vitest";
import { profiles } from "../../../bench/profiles.ts";
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
const profile = { ...profiles.smoke, blocks: 3, fanOutSubscribers: [5, 10] };

describe("planTrials", () => {
  const plan = planTrials(servers, scenarios, profile, 1);

  it("holds every cell once in each block", () => {
    for (const { name } of scenarios) {
      for (const block of [1, 2, 3]) {
        const cells = plan.filter((trial) => trial.scenario.name === name && trial.block === block);
        const keys = cells.map((trial) => `${trial.name} ${JSON.stringify(trial.point)}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(new Set(cells.map((trial) => trial.name))).toEqual(new Set(["ws", "tcp", "cgi"]));
      }
    }
  });

  it("makes a point as small as the server's ceiling, says why, and asks for it once", () => {
    const fanOut = plan.filter(
      (trial) => trial.scenario.name === "fan-out" && trial.name === "cgi" && trial.block === 1,
    );
    expect(fanOut.map(({ point, clampedBecause }) => ({ point, clampedBecause }))).toEqual([
      { point: { subscribers: 1 }, clampedBecause: "small" },
    ]);
  });

  it("is decided by the seed", () => {
    const order = (seed: number) => planTrials(servers, scenarios, profile, seed).map((trial) => trial.name);
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
  });
});
