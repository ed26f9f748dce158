import { describe, expect, it } from "vitest";
import type { LabBench } from "../../../bench/labs/bench.ts";
import type { Lab, LabReading } from "../../../bench/labs/lab.ts";
import { runLabTrial } from "../../../bench/labs/run-lab-trial.ts";
import type { Outcome } from "../../../bench/result.ts";
import { LatencyHistogram } from "../../../bench/stats/histogram.ts";
import { smokeOptions, smokeOrder } from "./smoke-trial.ts";

const options = smokeOptions();

function labThat(measure: (bench: LabBench) => Promise<LabReading>): Lab {
  return {
    name: "invented",
    question: "",
    columns: [],
    arms: [{ name: "only", summary: "" }],
    conditions: () => [],
    cells: () => [{ arm: "only", point: {} }],
    expectedMs: () => 1_000,
    measure: (_cell, bench) => measure(bench),
  };
}

async function outcomeOf(
  measure: (bench: LabBench) => Promise<LabReading>,
  signal = new AbortController().signal,
): Promise<Outcome> {
  const order = { ...(await smokeOrder(options)), block: 3, signal };
  return runLabTrial(labThat(measure), { arm: "only", point: {} }, order);
}

/** A process that waits for calls which nobody makes. */
const idle = "../load/publisher-process.ts";

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false; // That is the answer.
  }
}

describe("a trial of a lab", () => {
  it("is completed with what was read, without the figures that mean nothing", async () => {
    const load = [{ role: "lab" as const, utilisation: 0.81 }];
    const reading = { figures: { perSecond: 12, p99Ms: undefined }, errors: { publish: 2 }, load };
    const outcome = await outcomeOf(async () => ({ ...reading, distributions: { latency: [1, 2] } }));
    expect(outcome).toMatchObject({
      state: "completed",
      figures: { perSecond: 12 },
      errors: { connect: 0, publish: 2 },
      generatorBound: true,
      notes: [],
      histograms: { latency: expect.any(String) },
    });
    expect(outcome).not.toHaveProperty("figures.p99Ms");
  });

  it("keeps how well its schedule was kept, how late its relay was, and a histogram as it is", async () => {
    const told = {
      sending: { planned: 3, late: 1, latestMs: 2 },
      relayLateness: { medianMs: 0, p99Ms: 1, longestMs: 1 },
    };
    const latency = new LatencyHistogram();
    latency.record(50);
    const outcome = await outcomeOf(async () => ({ figures: {}, distributions: { latency }, ...told }));
    expect(outcome).toMatchObject({ ...told, histograms: { latency: latency.encode() } });
  });

  it("is exempt where the machine cannot run the arm", async () => {
    const outcome = await outcomeOf(async () => ({ exempt: "no compiler" }));
    expect(outcome).toEqual({ state: "exempt", reason: "no compiler" });
  });

  it("fails with what it throws", async () => {
    const outcome = await outcomeOf(() => Promise.reject(new Error("expected 3 events, got 2")));
    expect(outcome).toEqual({ state: "failed", phase: "measure", message: "expected 3 events, got 2" });
  });

  it("draws its chances from the run's seed and its block", async () => {
    const outcome = await outcomeOf(async ({ seed }) => ({ figures: { seed } }));
    expect(outcome).toMatchObject({ figures: { seed: options.seed + 3 } });
  });

  it("ends what it started, what began last first", async () => {
    const ended: string[] = [];
    let pid: number | undefined;
    await outcomeOf(async (bench) => {
      ({ pid } = bench.start(idle, "server"));
      for (const name of ["first", "second"])
        bench.endWithTrial(async () => {
          ended.push(name);
        });
      return { figures: {} };
    });
    expect(isAlive(pid)).toBe(false);
    expect(ended).toEqual(["second", "first"]);
  });

  it("fails at once when one of its processes dies", async () => {
    const outcome = await outcomeOf(async (bench) => {
      process.kill(bench.start(idle, "server").pid ?? Number.NaN, "SIGKILL");
      return new Promise(() => {});
    });
    expect(outcome).toMatchObject({
      state: "failed",
      message: expect.stringContaining("ended with SIGKILL"),
    });
  });

  it("fails at once when a program that it watches has ended", async () => {
    const outcome = await outcomeOf(async (bench) => {
      bench.watch(Promise.resolve("the program ended with code 1"));
      return new Promise(() => {});
    });
    expect(outcome).toMatchObject({ state: "failed", message: "the program ended with code 1" });
  });

  it("fails when something of it cannot be ended", async () => {
    const outcome = await outcomeOf(async (bench) => {
      bench.endWithTrial(() => Promise.reject(new Error("expected an empty folder, got a full one")));
      return { figures: {} };
    });
    expect(outcome).toEqual({
      state: "failed",
      phase: "stop",
      message: "expected an empty folder, got a full one",
    });
  });

  it("starts nothing more once it is over", async () => {
    const benches: LabBench[] = [];
    await outcomeOf(async (bench) => {
      benches.push(bench);
      return { figures: {} };
    });
    const [bench] = benches;
    expect(() => bench?.start(idle, "load")).toThrow("got one that was ended");
    await expect(bench?.launch("ws")).rejects.toThrow("got one that was ended");
  });

  it("ends at once when the run is interrupted", async () => {
    const interrupt = new AbortController();
    let pid: number | undefined;
    const outcome = await outcomeOf(async (bench) => {
      ({ pid } = bench.start(idle, "load"));
      interrupt.abort();
      return new Promise(() => {});
    }, interrupt.signal);
    expect(outcome).toMatchObject({ state: "failed", message: "the trial was ended" });
    expect(isAlive(pid)).toBe(false);
  });

  it("ends at once when the run was interrupted before it began", async () => {
    let pid: number | undefined;
    const outcome = await outcomeOf(async (bench) => {
      ({ pid } = bench.start(idle, "load"));
      return new Promise(() => {});
    }, AbortSignal.abort());
    expect(outcome).toMatchObject({ state: "failed", message: "the trial was ended" });
    expect(isAlive(pid)).toBe(false);
  });
});
