import { beforeAll, describe, expect, it } from "vitest";
import type { BrowserMethods } from "../../../bench/load/browser-process.ts";
import { KeptBrowser } from "../../../bench/load/kept-browser.ts";
import type { LoadProcess } from "../../../bench/load/rpc.ts";
import { networks } from "../../../bench/network/networks.ts";
import type { OutsideProbes as Probes } from "../../../bench/probes/outside.ts";
import { profiles } from "../../../bench/profiles.ts";
import type { Outcome, Phase } from "../../../bench/result.ts";
import browser from "../../../bench/scenarios/browser.ts";
import delivery from "../../../bench/scenarios/delivery.ts";
import fanOut from "../../../bench/scenarios/fan-out.ts";
import type { Scenario } from "../../../bench/scenarios/scenario.ts";
import type { TrialProcess } from "../../../bench/trial/trial.ts";
import { projectFolder } from "../../../cli/project.ts";
import { loadServer } from "../../../servers/index.ts";

/** Compiled, as its processes are found beside it. */
const compiled = (path: string) => new URL(`dist/${path}`, projectFolder).href;
let runTrial: typeof import("../../../bench/trial/trial.ts")["runTrial"];
let probes: Probes;
beforeAll(async () => {
  ({ runTrial } = (await import(
    compiled("bench/trial/trial.js")
  )) as typeof import("../../../bench/trial/trial.ts"));
  const { OutsideProbes } = (await import(
    compiled("bench/probes/outside.js")
  )) as typeof import("../../../bench/probes/outside.ts");
  probes = await OutsideProbes.find({ entered: false, reason: "a test keeps to the network it is in" });
});

interface Seen {
  readonly phase: Phase;
  readonly processes: readonly TrialProcess[];
}

/** One small trial of `ws`; `onPhase` is called after the phase is noted. */
async function trial(
  scenario: Scenario,
  onPhase: (seen: Seen) => void = () => {},
): Promise<{ readonly outcome: Outcome; readonly phases: readonly Seen[] }> {
  const phases: Seen[] = [];
  const [point = {}] = scenario.points(profiles.smoke);
  const outcome = await runTrial({
    name: "ws",
    server: await loadServer("ws"),
    scenario,
    load: scenario.load(point, profiles.smoke),
    cores: { description: "" },
    conditions: { pollMs: 100, waitSeconds: 5 },
    arrivals: { kind: "constant", seed: 1 },
    network: networks.loopback,
    probes,
    signal: new AbortController().signal,
    onPhase: (phase, processes) => {
      phases.push({ phase, processes });
      onPhase({ phase, processes });
    },
  });
  return { outcome, phases };
}

const isRunning = ({ pid }: TrialProcess) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("a trial", () => {
  it("tells of each phase with its processes, and leaves none behind", async () => {
    const running: boolean[] = [];
    const { outcome, phases } = await trial(delivery, ({ processes }) =>
      running.push(processes.every(isRunning)),
    );
    expect(outcome).toMatchObject({ state: "completed" });
    const all = ["start", "verify", "ramp", "warm-up", "measure", "drain", "stop"];
    expect(phases.map(({ phase }) => phase)).toEqual(all);
    expect(running).toEqual(all.map(() => true));
    const roles = phases.map(({ processes }) => processes.map(({ role }) => role));
    expect(roles[0]).toEqual(["subscribers", "publisher"]);
    for (const later of roles.slice(1)) expect(later).toEqual(["server", "subscribers", "publisher"]);
    expect(phases.at(-1)?.processes.some(isRunning)).toBe(false);
  });

  it("keeps the whole distributions of a fan-out beside all its latencies", async () => {
    const { outcome } = await trial(fanOut);
    const histograms = outcome.state === "completed" ? Object.keys(outcome.histograms) : [];
    expect(histograms).toEqual(["latency", "first", "median", "last"]);
  });

  it("counts all that takes CPU of the load's core in a fan-out: subscribers, publisher and its own process", async () => {
    const { outcome } = await trial(fanOut);
    const load = outcome.state === "completed" ? outcome.load : [];
    expect(load.map(({ role }) => role)).toEqual(["subscribers", "publisher", "conductor"]);
    expect(load.every(({ utilisation }) => utilisation > 0)).toBe(true);
  });

  it("leaves the browser alone once it is over, whose pages are the next trial's then", async () => {
    const kept = new PagelessBrowser(undefined);
    const run = new AbortController();
    const [point = {}] = browser.points(profiles.smoke);
    const outcome = await runTrial({
      ...{
        name: "ws",
        server: await loadServer("ws"),
        scenario: browser,
        network: networks.loopback,
        probes,
      },
      load: browser.load(point, profiles.smoke),
      cores: { description: "" },
      conditions: { pollMs: 100, waitSeconds: 5 },
      arrivals: { kind: "constant", seed: 1 },
      browser: kept,
      signal: run.signal,
    });
    expect(outcome).toMatchObject({ state: "failed", phase: "ramp", message: "no page opens" });
    const released = kept.released;
    expect(released).toBeGreaterThan(0);
    run.abort();
    await new Promise(setImmediate);
    expect(kept.released).toBe(released);
  });
});

/** A browser that opens no page. */
class PagelessBrowser extends KeptBrowser {
  released = 0;

  override take(): LoadProcess<BrowserMethods> {
    const nothing = async () => {};
    return {
      ...{ pid: undefined, ended: new Promise(() => {}), kill: nothing, end: nothing },
      call: () => Promise.reject(new Error("no page opens")),
    };
  }

  override async release(): Promise<void> {
    this.released++;
  }
}
