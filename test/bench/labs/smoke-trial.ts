import type { Lab, LabCell } from "../../../bench/labs/lab.ts";
import { runLabTrial } from "../../../bench/labs/run-lab-trial.ts";
import { createBenchCommand } from "../../../bench/options.ts";
import { OutsideProbes } from "../../../bench/probes/outside.ts";
import type { Completed } from "../../../bench/result.ts";
import { type RunOptions, runOptionsOf } from "../../../bench/run/options.ts";

const said = createBenchCommand().parse(["--profile", "smoke"], { from: "user" }).opts();

export const smokeOptions: RunOptions = runOptionsOf(said);

/** One trial of a lab in its smallest size, on whichever cores are free. Throws unless it is completed. */
export async function smokeTrial(lab: Lab, cell: LabCell): Promise<Completed> {
  const probes = await OutsideProbes.find({ entered: false, reason: "a test keeps to the network it is in" });
  const { signal } = new AbortController();
  const order = { options: smokeOptions, cores: { description: "" }, probes, block: 1, signal };
  const outcome = await runLabTrial(lab, cell, order);
  if (outcome.state === "completed") return outcome;
  throw new Error(`expected a completed trial of ${cell.arm}, got ${JSON.stringify(outcome)}`);
}
