import type { Lab, LabCell } from "../../../bench/labs/lab.ts";
import { runLabTrial } from "../../../bench/labs/run-lab-trial.ts";
import { createBenchCommand } from "../../../bench/options.ts";
import { OutsideProbes } from "../../../bench/probes/outside.ts";
import type { Outcome } from "../../../bench/result.ts";
import { type RunOptions, runOptionsOf } from "../../../bench/run/options.ts";

/** The options of a smoke run that is told this. */
export function smokeOptions(...said: string[]): RunOptions {
  return runOptionsOf(
    createBenchCommand()
      .parse(["--profile", "smoke", ...said], { from: "user" })
      .opts(),
  );
}

/** One trial of a lab, on whatever cores there are. */
export async function trialOf(lab: Lab, cell: LabCell, options = smokeOptions()): Promise<Outcome> {
  const probes = await OutsideProbes.find({ entered: false, reason: "a test keeps to the network it is in" });
  const { signal } = new AbortController();
  return runLabTrial(lab, cell, { options, cores: { description: "" }, probes, block: 1, signal });
}

/** The first of a lab's cells that has this arm. */
export function cellOf(lab: Lab, arm: string, options = smokeOptions()): LabCell {
  const cell = lab.cells(options).find((candidate) => candidate.arm === arm);
  if (cell === undefined) throw new Error(`expected a cell of ${arm} in ${lab.name}, got none`);
  return cell;
}

/** The figures of an outcome that is completed without faults. */
export function figuresOf(outcome: Outcome): Readonly<Record<string, number>> {
  if (outcome.state !== "completed")
    throw new Error(`expected a completed trial, got ${JSON.stringify(outcome)}`);
  return outcome.figures;
}
