import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CannotRun } from "../../cli/command.ts";
import { drawCharts } from "../charts/index.ts";
import type { Run } from "../result.ts";
import { htmlReport } from "./html.ts";
import { markdownSummary } from "./summary.ts";

/** The files of a report, as they were written. */
export interface WrittenReport {
  readonly page: string;
  readonly summary: string;
  readonly charts: readonly string[];
}

/**
 * Writes all that people see of a run into its folder: `charts/*.svg`, `report.html` and `summary.md`. Throws
 * `CannotRun` with the file that could not be written; `run.json` is not touched.
 */
export async function writeReport(run: Run, folder: string): Promise<WrittenReport> {
  const drawn = await drawCharts(run);
  const chartsFolder = join(folder, "charts");
  await written(chartsFolder, mkdir(chartsFolder, { recursive: true }));
  const charts: string[] = [];
  for (const { name, svg } of drawn) {
    const file = join(chartsFolder, `${name}.svg`);
    await written(file, writeFile(file, svg));
    charts.push(file);
  }
  const page = join(folder, "report.html");
  await written(page, writeFile(page, htmlReport(run, drawn)));
  const summary = join(folder, "summary.md");
  await written(summary, writeFile(summary, markdownSummary(run)));
  return { page, summary, charts };
}

async function written(path: string, writing: Promise<unknown>): Promise<void> {
  try {
    await writing;
  } catch (cause) {
    throw new CannotRun(
      {
        expected: `to write ${path}`,
        got: cause instanceof Error ? cause.message : String(cause),
        next: "make room there; run.json is unharmed, and `npm run report -- <run>` makes the rest of it again",
      },
      { cause },
    );
  }
}
