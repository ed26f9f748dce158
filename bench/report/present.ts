import { join, relative } from "node:path";
import type { Run } from "../result.ts";
import { terminalReport } from "./terminal.ts";
import { writeReport } from "./write.ts";

/** Shows a run on the terminal. */
export function showTables(run: Run): void {
  console.log(terminalReport(run, { colour: process.stdout.isTTY && !process.env.NO_COLOR }));
}

/** Shows a run on the terminal, writes all other outputs into its folder, and says where they lie. */
export async function presentRun(run: Run, folder: string): Promise<void> {
  // First, so that a full disk does not keep the figures from whoever has waited for them.
  showTables(run);
  const { page, summary, charts } = await writeReport(run, folder);
  console.log(`Report   ${shown(page)}`);
  console.log(`Summary  ${shown(summary)}`);
  for (const chart of charts) console.log(`Chart    ${shown(chart)}`);
  console.log(`Data     ${shown(join(folder, "run.json"))}`);
  console.log("\nNext: open the report in a browser.");
}

/** As short as it gets from where the command was called. */
function shown(file: string): string {
  return relative(process.cwd(), file);
}
