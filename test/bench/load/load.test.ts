import { afterEach, expect, it } from "vitest";
import { TrialLoad } from "../../../bench/load/load.ts";
import { type Network, networks } from "../../../bench/network/networks.ts";
import type { Traffic } from "../../../bench/scenarios/scenario.ts";
import { launchServer } from "../../../servers/launch.ts";

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const rounds: Extract<Traffic, { kind: "rounds" }> = {
  kind: "rounds",
  ...{ atLeast: 3, atMost: 3, forMs: 0, payloadBytes: 64, pausePolls: 0 },
};

async function begin(subscribers: number, network: Network) {
  const server = await launchServer("tcp");
  cleanUps.push(() => server.kill());
  const load = new TrialLoad({
    load: { subscribers, warmUp: rounds, measure: rounds },
    transport: "tcp",
    core: undefined,
    conditions: { pollMs: 20, waitSeconds: 5 },
    arrivals: { kind: "constant", seed: 1 },
    network,
  });
  cleanUps.push(() => load.kill());
  return { load, endpoints: server.endpoints };
}

async function start(subscribers: number): Promise<TrialLoad> {
  const { load, endpoints } = await begin(subscribers, networks.loopback);
  await load.reach(endpoints);
  return load;
}

it("adds the subscribers of a second ramp to those of the first", async () => {
  const load = await start(5);
  expect(await load.ramp(3, 10_000)).toMatchObject({ connected: 3, failures: {} });
  expect(await load.ramp(2, 10_000)).toMatchObject({ connected: 2, failures: {} });
  await load.reset();
  const { rounds: latencies } = await load.run(rounds);
  expect(latencies.map(({ length }) => length)).toEqual([5, 5, 5]);
  expect(await load.collect()).toMatchObject({ events: 15, repeated: 0, ended: {} });
});

it("lets rounds begin no sooner than they are due", async () => {
  const load = await start(1);
  await load.ramp(1, 10_000);
  const everyMs = 40;
  const startMs = performance.now();
  const { rounds: latencies } = await load.run({ ...rounds, everyMs });
  // A timer of Node may fire up to 1 ms early.
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(2 * everyMs - 1);
  expect(latencies).toHaveLength(3);
});

it("tells the end of a relay as that of any other of its processes", async () => {
  const { load, endpoints } = await begin(1, networks.wan);
  const { ended } = load;
  await load.reach(endpoints);
  const relay = load.processes.find(({ role }) => role === "relay");
  process.kill(relay?.pid ?? Number.NaN, "SIGKILL");
  expect(await ended).toBe("the relay process ended with SIGKILL");
});
