import { CannotRun, runCommand, type Verdict } from "../cli/command.ts";
import { loadServer, serverNames } from "../servers/index.ts";
import { createBenchCommand } from "./options.ts";
import { profiles } from "./profiles.ts";
import { presentRun } from "./report/present.ts";
import { runPlan } from "./run.ts";
import { scenarios } from "./scenarios/index.ts";

await runCommand(async (interrupted): Promise<Verdict> => {
  const options = createBenchCommand().parse().opts();
  if (options.list) {
    await list();
    return "done";
  }
  const { run, folder } = await runPlan(options, interrupted);
  if (run.trials.length > 0) {
    await folder.becomeLatest();
    await presentRun(run, folder.path);
  }
  if (interrupted.aborted) {
    throw new CannotRun({
      expected: "to run every trial of the plan",
      got: `${interrupted.reason.message} after ${run.trials.length} trials; every process is ended`,
      next: `what was measured is kept in ${folder.path}; run it again for the rest`,
    });
  }
  return run.trials.some(({ outcome }) => outcome.state === "failed") ? "no" : "done";
});

async function list(): Promise<void> {
  console.log("servers:");
  for (const name of serverNames) {
    const { ioModel, summary } = await loadServer(name);
    console.log(`  ${name.padEnd(18)} ${ioModel.padEnd(22)} ${summary}`);
  }
  console.log("\nscenarios:");
  for (const { name, question } of scenarios) console.log(`  ${name.padEnd(18)} ${question}`);
  console.log("\nprofiles:");
  for (const [name, { blocks, measureMs }] of Object.entries(profiles)) {
    console.log(`  ${name.padEnd(18)} blocks: ${blocks}, measured for ${measureMs / 1_000} s each`);
  }
}
