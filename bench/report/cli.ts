import { relative, resolve } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { runCommand } from "../../cli/command.ts";
import { findRun } from "./find-run.ts";
import { readRun } from "./read-run.ts";
import { terminalReport } from "./terminal.ts";
import { writeReport } from "./write.ts";

const program = new Command("npm run report --")
  .description("Builds the charts, the page and the summary of a run again, from its run.json alone.")
  .argument("[run]", "id of a run in results/runs, or a folder with a run.json (default: results/latest)")
  .addHelpText("after", "\nExit codes: 0 done, 2 it could not run.")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

runCommand(async () => {
  const [named] = program.parse().processedArgs;
  const folder = await findRun("results", named);
  const run = await readRun(folder);
  const { page, summary, charts } = await writeReport(run, folder);
  console.log(terminalReport(run, { colour: process.stdout.isTTY && !process.env.NO_COLOR }));
  console.log(`Report   ${shown(page)}`);
  console.log(`Summary  ${shown(summary)}`);
  for (const chart of charts) console.log(`Chart    ${shown(chart)}`);
  console.log("\nNext: open the report in a browser.");
  return 0;
});

/** As short as it gets from where the command was called. */
function shown(file: string): string {
  return relative(process.cwd(), resolve(file));
}
