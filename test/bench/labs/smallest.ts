import type { LabBenchOrder } from "../../../bench/labs/bench.ts";
import type { Lab } from "../../../bench/labs/lab.ts";
import { runLabTrial } from "../../../bench/labs/run-lab-trial.ts";
import { createBenchCommand } from "../../../bench/options.ts";
import { OutsideProbes } from "../../../bench/probes/outside.ts";
import type { Outcome } from "../../../bench/result.ts";
import { runOptionsOf } from "../../../bench/run/options.ts";

/** What the bench of a trial takes, in the smallest size and on whichever cores. */
export async function smallestOrder(): Promise<LabBenchOrder> {
  const options = runOptionsOf(createBenchCommand().parse(["--profile", "smoke"], { from: "user" }).opts());
  const probes = await OutsideProbes.find({ entered: false, reason: "a test keeps to the network it is in" });
  const { signal } = new AbortController();
  return { options, cores: { description: "" }, probes, block: 1, signal };
}

/** Every cell of a lab once, in its smallest size and on whichever cores: the outcomes, by arm. */
export async function runSmallest(lab: Lab): Promise<ReadonlyMap<string, Outcome>> {
  const order = await smallestOrder();
  const outcomes = new Map<string, Outcome>();
  for (const cell of lab.cells(order.options))
    outcomes.set(cell.arm, await runLabTrial(lab, cell, { ...order, signal: new AbortController().signal }));
  return outcomes;
}
