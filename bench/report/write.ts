import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CannotRun } from "../../cli/command.ts";
import { drawCharts } from "../charts/index.ts";
import type { Verdict } from "../claims/verdict.ts";
import type { Run } from "../result.ts";
import { htmlReport } from "./html.ts";
import { readPageScript } from "./page-script.ts";
import { markdownSummary } from "./summary.ts";
import { verdictRecords } from "./verdict-records.ts";

/** The files of a report, as they were written. */
export interface WrittenReport {
  readonly page: string;
  readonly summary: string;
  readonly verdicts: string;
  readonly charts: readonly string[];
}

/**
 * Writes all that is made of a run into its folder: `charts/*.svg`, `report.html`, `summary.md` and `verdicts.json`.
 * Throws `CannotRun` with the file that could not be written; `run.json` is not touched.
 */
export async function writeReport(
  run: Run,
  verdicts: readonly Verdict[],
  folder: string,
): Promise<WrittenReport> {
  const [drawn, script] = await Promise.all([drawCharts(run), readPageScript()]);
  const chartsFolder = join(folder, "charts");
  await written(chartsFolder, mkdir(chartsFolder, { recursive: true }));
  const charts: string[] = [];
  for (const { name, svg } of drawn) {
    const file = join(chartsFolder, `${name}.svg`);
    await written(file, writeFile(file, svg));
    charts.push(file);
  }
  const keep = async (name: string, text: string) => {
    const file = join(folder, name);
    await written(file, writeFile(file, text));
    return file;
  };
  const records = JSON.stringify(verdictRecords(run, verdicts), undefined, 1);
  return {
    page: await keep("report.html", htmlReport({ run, verdicts, charts: drawn, script })),
    summary: await keep("summary.md", markdownSummary(run, verdicts)),
    verdicts: await keep("verdicts.json", `${records}\n`),
    charts,
  };
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
