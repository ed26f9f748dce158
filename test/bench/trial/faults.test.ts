import { describe, expect, it } from "vitest";
import { type Network, networks } from "../../../bench/network/networks.ts";
import { createBenchCommand } from "../../../bench/options.ts";
import { OutsideProbes } from "../../../bench/probes/outside.ts";
import type { Outcome, Phase } from "../../../bench/result.ts";
import { runOptionsOf } from "../../../bench/run/options.ts";
import { planOf } from "../../../bench/run/session.ts";
import { runTrial, type TrialProcess } from "../../../bench/trial/trial.ts";

const probes = await OutsideProbes.find({ entered: false, reason: "not wanted" });

type Role = TrialProcess["role"];

interface Fault {
  readonly scenario: string;
  readonly role: Role;
  readonly phase: Phase;
  readonly signal: NodeJS.Signals;
  readonly patienceMs?: number;
  readonly network?: Network;
}

/** Runs a small trial and sends the process of that role a signal as the phase begins. */
async function trialWith({
  scenario,
  role,
  phase,
  signal,
  network = networks.loopback,
  ...rest
}: Fault): Promise<Outcome> {
  const args = ["--profile", "smoke", "--servers", "ws", "--scenarios", scenario];
  const options = runOptionsOf(createBenchCommand().parse(args, { from: "user" }).opts());
  const [planned] = (await planOf(options)).plan;
  if (planned?.kind !== "server") throw new Error("expected a plan of one trial of a server, got none");
  const seen = new Set<number>();
  const outcome = await runTrial({
    ...planned,
    name: planned.arm,
    ...rest,
    load: { ...planned.scenario.load(planned.point, options), rampMs: 500 },
    cores: { description: "not pinned" },
    conditions: options,
    network,
    probes,
    arrivals: { kind: options.arrivals, seed: options.seed },
    signal: new AbortController().signal,
    onPhase: (begun, processes) => {
      for (const { pid } of processes) seen.add(pid);
      const hit = processes.find((process) => process.role === role);
      if (begun === phase) process.kill(hit?.pid ?? Number.NaN, signal);
    },
  });
  expect(
    [...seen].filter((pid) => isAlive(pid)),
    "processes left behind",
  ).toEqual([]);
  return outcome;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // There is no such process any more.
  }
}

describe("a process that is killed", () => {
  it.each([
    ...(["verify", "ramp", "warm-up", "measure", "drain", "stop"] as const).map(
      (phase) => ["delivery", "server", phase] as const,
    ),
    ...(["start", "ramp", "warm-up", "measure", "drain"] as const).map(
      (phase) => ["delivery", "subscribers", phase] as const,
    ),
    ...(["start", "warm-up", "measure"] as const).map((phase) => ["delivery", "publisher", phase] as const),
    ...(["start", "warm-up", "measure"] as const).map((phase) => ["ingest", "ingest", phase] as const),
    ["connections", "server", "measure"],
    ["fan-out", "publisher", "measure"],
    ["delivery", "relay", "measure"],
  ] as const)("in %s: the %s in %s fails the trial there, with the reason", async (scenario, role, phase) => {
    const network = role === "relay" ? networks.lan : networks.loopback;
    const outcome = await trialWith({ scenario, role, phase, signal: "SIGKILL", network });
    const ended = role === "server" ? "process of server ws was ended by" : `${role} process ended with`;
    const message = expect.stringContaining(`the ${ended} SIGKILL`);
    expect(outcome).toEqual({ state: "failed", phase, message });
  });

  it("once the figures are taken costs nothing, if it is one of the load", async () => {
    const outcome = await trialWith({
      scenario: "delivery",
      role: "subscribers",
      phase: "stop",
      signal: "SIGKILL",
    });
    expect(outcome.state).toBe("completed");
  });
});

describe("a process that hangs", () => {
  it.each([
    ["server", "measure"],
    ["server", "stop"],
    ["publisher", "measure"],
  ] as const)("the %s in %s fails the trial when its time is over", async (role, phase) => {
    const outcome = await trialWith({
      scenario: "delivery",
      role,
      phase,
      signal: "SIGSTOP",
      patienceMs: 2_500,
    });
    expect(outcome).toMatchObject({
      state: "failed",
      phase,
      message: expect.stringMatching(/within \d\.\d+ s/),
    });
  });
});
