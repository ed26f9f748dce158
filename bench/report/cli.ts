import { createCommand, runCommand, type Verdict } from "../../cli/command.ts";
import { findRun } from "./find-run.ts";
import { presentRun } from "./present.ts";
import { readRun } from "./read-run.ts";

const command = createCommand(
  "npm run report --",
  "Builds the charts, the page and the summary of a run again, from its run.json alone.",
).argument("[run]", "id of a run in results/runs, or a folder with a run.json (default: results/latest)");

await runCommand(async (): Promise<Verdict> => {
  const [named] = command.parse().processedArgs;
  const folder = await findRun("results", named);
  await presentRun(await readRun(folder), folder);
  return "done";
});
