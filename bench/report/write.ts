import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
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

/** Writes all that people see of a run into its folder: `charts/*.svg`, `report.html` and `summary.md`. */
export async function writeReport(run: Run, folder: string): Promise<WrittenReport> {
  const drawn = await drawCharts(run);
  const chartsFolder = join(folder, "charts");
  await mkdir(chartsFolder, { recursive: true });
  const charts: string[] = [];
  for (const { name, svg } of drawn) {
    const file = join(chartsFolder, `${name}.svg`);
    await writeFile(file, svg);
    charts.push(file);
  }
  const page = join(folder, "report.html");
  await writeFile(page, htmlReport(run, drawn));
  const summary = join(folder, "summary.md");
  await writeFile(summary, markdownSummary(run));
  return { page, summary, charts };
}
