import { expect } from "vitest";
import type { Lab } from "../../../bench/labs/lab.ts";
import { runLabTrial } from "../../../bench/labs/run-lab-trial.ts";
import { createBenchCommand } from "../../../bench/options.ts";
import { OutsideProbes } from "../../../bench/probes/outside.ts";
import type { Completed, Point } from "../../../bench/result.ts";
import { runOptionsOf } from "../../../bench/run/options.ts";

const options = runOptionsOf(createBenchCommand().parse(["--profile", "smoke"], { from: "user" }).opts());

/** What one trial of a lab in its smallest size comes to, on whatever cores; it must be completed. */
export async function completedTrial(lab: Lab, arm: string, point: Point): Promise<Completed> {
  const probes = await OutsideProbes.find({ entered: false, reason: "a test keeps to the network it is in" });
  const { signal } = new AbortController();
  const order = { options, cores: { description: "" }, probes, block: 1, signal };
  const outcome = await runLabTrial(lab, { arm, point }, order);
  if (outcome.state === "completed") return outcome;
  return expect.unreachable(`expected a completed trial of ${arm}, got ${JSON.stringify(outcome)}`);
}
