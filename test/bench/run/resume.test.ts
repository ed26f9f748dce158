import { describe, expect, it } from "vitest";
import { type BenchOptions, createBenchCommand } from "../../../bench/options.ts";
import type { Environment, Run } from "../../../bench/result.ts";
import { readRunOptions, runOptionsOf } from "../../../bench/run/options.ts";
import { emptyRun } from "../../../bench/run/record.ts";
import { contradictions, differences } from "../../../bench/run/resume.ts";
import { planOf } from "../../../bench/run/session.ts";

const environment: Environment = {
  cpu: "a CPU",
  cores: 2,
  memoryBytes: 1e9,
  platform: "linux x64",
  kernel: "6.1",
  node: "v20.20.2",
  packages: { ws: "8.0.0", express: "5.0.0" },
  commit: "abc",
  build: "one build",
  clockResolutionNs: 30,
  loadAverage: 0.1,
  pinning: "server on core 0, load on core 1",
  unavailable: {},
};

function options(...args: string[]): BenchOptions {
  return createBenchCommand().parse(args, { from: "user" }).opts();
}

/** A run as it is read back: through its JSON. */
async function recorded(...args: string[]): Promise<Run> {
  const made = runOptionsOf(options(...args));
  const { compared } = await planOf(made);
  const start = { id: "1", startedAt: new Date(0), options: made, environment, compared };
  return JSON.parse(JSON.stringify(emptyRun(start)));
}

describe("the options of a run", () => {
  it.each([
    [[]],
    [["--profile", "full", "--seed", "7", "--servers", "cgi,ws", "--blocks", "2", "--connections", "30"]],
    [["--network", "wan", "--poll-ms", "5", "--wait-seconds", "3", "--scenarios", "ingest"]],
  ])("make the same plan when they are read back: %j", async (args) => {
    const made = runOptionsOf(options(...args));
    const back = readRunOptions(await recorded(...args));
    expect(back).toEqual(made);
    expect((await planOf(back)).plan).toEqual((await planOf(made)).plan);
  });

  it("are refused when one of them is missing, with its name", async () => {
    const run = await recorded();
    const { pollMs: _, ...others } = run.options;
    expect(() => readRunOptions({ ...run, options: others })).toThrow("options.pollMs");
  });

  it("hold the database without its password", async () => {
    const run = await recorded("--database", "postgres://me:pa55w0rd@host/name");
    expect(run.options.database).toBe("postgres://me@host/name");
    expect(JSON.stringify(run)).not.toContain("pa55w0rd");
    expect(readRunOptions(run).database).toBe("postgres://me@host/name");
  });

  it("hold the network, and the run says what it is", async () => {
    const { network } = await recorded("--network", "wan");
    expect(network).toEqual({ name: "wan", roundTripMs: 80, bitsPerSecond: 100e6 });
    expect((await recorded()).network).toEqual({ name: "loopback", roundTripMs: 0 });
  });

  it("take the interval of polling from the profile, unless it is named", () => {
    const intervals = [["--profile", "smoke"], [], ["--profile", "smoke", "--poll-ms", "7"]].map(
      (args) => runOptionsOf(options(...args)).pollMs,
    );
    expect(intervals).toEqual([100, 1_000, 7]);
  });
});

describe("contradictions", () => {
  const ofRun = runOptionsOf(options("--servers", "ws", "--connections", "30"));
  const found = (named: (keyof BenchOptions)[], ...args: string[]) =>
    contradictions(ofRun, runOptionsOf(options(...args)), new Set(named));

  it("are the options that are named and differ", () => {
    expect(found(["seed", "waitSeconds"], "--seed", "2", "--wait-seconds", "9")).toEqual([
      "--seed 2, where the run has 1",
      "--wait-seconds 9, where the run has 30",
    ]);
  });

  it("are named too where the run does not have them at all", () => {
    expect(found(["database"], "--database", "postgres://me@host/name")).toEqual([
      "--database postgres://me@host/name, where the run has none",
    ]);
  });

  it("are none where the same is named again, or nothing", () => {
    expect(found([])).toEqual([]);
    expect(found(["servers", "connections"], "--servers", "ws", "--connections", "30")).toEqual([]);
  });
});

describe("differences", () => {
  it("are named, those of packages too", () => {
    const now = { ...environment, build: "another", packages: { ws: "8.0.1" }, tcpCongestionControl: "bbr" };
    expect(differences(environment, now)).toEqual([
      'packages.ws "8.0.1", where the run has "8.0.0"',
      'packages.express unknown, where the run has "5.0.0"',
      "build another, where the run has one build",
      "tcpCongestionControl bbr, where the run has unknown",
    ]);
  });

  it("are none in what does not decide what is measured", () => {
    const now = { ...environment, loadAverage: 9, clockResolutionNs: 40, commit: "def" };
    expect(differences(environment, now)).toEqual([]);
  });
});
