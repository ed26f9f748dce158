import type { LabBenchOrder } from "../../../bench/labs/bench.ts";
import { labs } from "../../../bench/labs/index.ts";
import type { LabCell } from "../../../bench/labs/lab.ts";
import { runLabTrial } from "../../../bench/labs/run-lab-trial.ts";
import { createBenchCommand } from "../../../bench/options.ts";
import { OutsideProbes } from "../../../bench/probes/outside.ts";
import type { Completed } from "../../../bench/result.ts";
import { runOptionsOf } from "../../../bench/run/options.ts";

export const smokeOptions = runOptionsOf(
  createBenchCommand().parse(["--profile", "smoke"], { from: "user" }).opts(),
);

/** What a bench for labs takes, in the smallest profile: on no core in particular, in the network the test is in. */
export async function smokeOrder(): Promise<LabBenchOrder> {
  const probes = await OutsideProbes.find({ entered: false, reason: "a test keeps to the network it is in" });
  const { signal } = new AbortController();
  return { options: smokeOptions, cores: { description: "" }, probes, block: 1, signal };
}

/** Runs one trial of a lab, which has to complete. */
export async function completedTrial(name: string, cell: LabCell): Promise<Completed> {
  const lab = labs.find((candidate) => candidate.name === name);
  if (lab === undefined) throw new Error(`expected a lab called ${name}, got none`);
  const outcome = await runLabTrial(lab, cell, await smokeOrder());
  if (outcome.state !== "completed")
    throw new Error(`expected the trial to complete, got ${JSON.stringify(outcome)}`);
  return outcome;
}

/** The trials of a lab in the smallest profile. */
export function smokeCells(name: string): readonly LabCell[] {
  return labs.find((lab) => lab.name === name)?.cells(smokeOptions) ?? [];
}
