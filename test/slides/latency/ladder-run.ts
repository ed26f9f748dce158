import type { Outcome, Run } from "../../../bench/result.ts";
import { runMeasuring } from "../../bench/fixtures/measured.ts";

const instead: Readonly<Record<string, Outcome>> = {
  l3: { state: "failed", phase: "measure", message: "expected a step, got none" },
  disk: { state: "exempt", reason: "no file can be read past the page cache" },
};

/** A run of the ladder with made-up figures: a rung that failed, one that is exempt, and one that is not in it. */
export function ladderRun(): Run {
  const rung = (arm: string, medianNs: number | readonly number[]) => ({
    scenario: "ladder",
    arm,
    figures: { medianNs },
  });
  const run = runMeasuring([
    rung("l1", 1.7),
    rung("l2", 5.6),
    rung("l3", 19),
    rung("ram", [200, 205, 205, 205, 205, 220]),
    rung("disk", 70_000),
    rung("network", 81_600_000),
  ]);
  const trials = run.trials.map((trial) => ({ ...trial, outcome: instead[trial.arm] ?? trial.outcome }));
  return { ...run, trials };
}
