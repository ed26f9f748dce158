import { join, relative } from "node:path";
import { verdictsOf } from "../claims/index.ts";
import type { Verdict } from "../claims/verdict.ts";
import type { Run } from "../result.ts";
import { terminalReport, terminalVerdicts } from "./terminal.ts";
import { writeReport } from "./write.ts";

/** Shows a run on the terminal. */
export function showRun(run: Run): void {
  showTables(run);
  showVerdicts(run, verdictsOf(run));
}

/**
 * Shows a run on the terminal, writes all that is made of it into its folder, and says where it lies. The verdicts come
 * last: they are the answer.
 */
export async function presentRun(run: Run, folder: string): Promise<void> {
  const verdicts = verdictsOf(run);
  // First, and the verdicts come what may, so that a full disk does not keep them from whoever has waited for them.
  showTables(run);
  try {
    await writeAndTell(run, verdicts, folder);
  } finally {
    showVerdicts(run, verdicts);
  }
  console.log(`Next: open ${shown(join(folder, "report.html"))} in a browser.`);
}

async function writeAndTell(run: Run, verdicts: readonly Verdict[], folder: string): Promise<void> {
  const written = await writeReport(run, verdicts, folder);
  console.log(`Report    ${shown(written.page)}`);
  console.log(`Summary   ${shown(written.summary)}`);
  console.log(`Verdicts  ${shown(written.verdicts)}`);
  for (const chart of written.charts) console.log(`Chart     ${shown(chart)}`);
  console.log(`Data      ${shown(join(folder, "run.json"))}\n`);
}

function showTables(run: Run): void {
  console.log(terminalReport(run, terminalOptions()));
}

function showVerdicts(run: Run, verdicts: readonly Verdict[]): void {
  console.log(terminalVerdicts(run, verdicts, terminalOptions()));
}

function terminalOptions() {
  return { colour: process.stdout.isTTY && !process.env.NO_COLOR };
}

/** As short as it gets from where the command was called. */
function shown(file: string): string {
  return relative(process.cwd(), file);
}
