import type { LabBenchOrder } from "../../../bench/labs/bench.ts";
import type { Lab, LabCell } from "../../../bench/labs/lab.ts";
import { runLabTrial } from "../../../bench/labs/run-lab-trial.ts";
import { createBenchCommand } from "../../../bench/options.ts";
import { OutsideProbes } from "../../../bench/probes/outside.ts";
import type { Completed, Outcome } from "../../../bench/result.ts";
import { type RunOptions, runOptionsOf } from "../../../bench/run/options.ts";

/** The options of a run in the smallest size that is told this as well. */
export function smokeOptions(...said: string[]): RunOptions {
  const args = ["--profile", "smoke", ...said];
  return runOptionsOf(createBenchCommand().parse(args, { from: "user" }).opts());
}

/** What the bench of a trial takes, on whichever cores are free. */
export async function smokeOrder(options = smokeOptions()): Promise<LabBenchOrder> {
  const probes = await OutsideProbes.find({ entered: false, reason: "a test keeps to the network it is in" });
  const { signal } = new AbortController();
  return { options, cores: { description: "" }, probes, block: 1, signal };
}

/** The first of a lab's cells that has this arm. */
export function cellOf(lab: Lab, arm: string, options = smokeOptions()): LabCell {
  const cell = lab.cells(options).find((candidate) => candidate.arm === arm);
  if (cell === undefined) throw new Error(`expected a cell of ${arm} in ${lab.name}, got none`);
  return cell;
}

/** One trial of a lab. Throws unless it is completed. */
export async function smokeTrial(lab: Lab, cell: LabCell, options = smokeOptions()): Promise<Completed> {
  const outcome = await runLabTrial(lab, cell, await smokeOrder(options));
  if (outcome.state === "completed") return outcome;
  throw new Error(`expected a completed trial of ${cell.arm}, got ${JSON.stringify(outcome)}`);
}

/** Every cell of a lab once: the outcomes, by arm. */
export async function smokeTrials(lab: Lab): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const cell of lab.cells(smokeOptions()))
    outcomes.set(cell.arm, await runLabTrial(lab, cell, await smokeOrder()));
  return outcomes;
}
