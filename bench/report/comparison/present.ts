import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { CannotRun } from "../../../cli/command.ts";
import { compiled, drawSvg } from "../../charts/drawing/draw.ts";
import type { Run } from "../../result.ts";
import { painter } from "../paint.ts";
import { comparisonChart, comparisonDescription } from "./chart.ts";
import { type Comparison, compareRuns } from "./compare.ts";
import { markdownComparison } from "./markdown.ts";
import { htmlComparison, type PageChart } from "./page.ts";
import { terminalComparison } from "./terminal.ts";

/**
 * Compares two runs: on the terminal, and in `<results>/comparisons/<A>-against-<B>/`. Throws `CannotRun` when it is the
 * same run twice, or when the two have no figure in common.
 */
export async function presentComparison(a: Run, b: Run, results: string): Promise<void> {
  const comparison = compareRuns(a, b);
  check(comparison);
  console.log(terminalComparison(comparison, painter(process.stdout.isTTY && !process.env.NO_COLOR)));
  const files = await writeComparison(comparison, results);
  console.log(`Page      ${shown(files.page)}`);
  console.log(`Summary   ${shown(files.summary)}`);
  if (files.chart !== undefined) console.log(`Chart     ${shown(files.chart)}`);
  console.log(`\nNext: open ${shown(files.page)} in a browser.`);
}

function check({ a, b, scenarios, elsewhere }: Comparison): void {
  if (a.id === b.id && a.startedAt === b.startedAt && a.trials.length === b.trials.length) {
    throw new CannotRun({
      expected: "two runs",
      got: `${a.id} twice`,
      next: "name another one: `npm run report -- <run> <run>`",
    });
  }
  if (scenarios.some(({ figures }) => figures.length > 0)) return;
  const has = (letter: "A" | "B", { id, scenarios: own }: Run) =>
    `${letter}, ${id}: ${own.map(({ name }) => name).join(", ") || "no scenario"}`;
  throw new CannotRun({
    expected: "two runs that have measured a figure of the same scenario, arm and point",
    got: `${has("A", a)}; ${has("B", b)}${elsewhere.length === 0 ? ", at no point or arm that both have" : ""}`,
    next: "make a run with the profile, servers and scenarios of the other: its options stand in its run.json",
  });
}

interface WrittenComparison {
  readonly page: string;
  readonly summary: string;
  /** Absent when no figure has a ratio. */
  readonly chart?: string;
}

/** The files of a comparison. Throws `CannotRun` with the folder that could not be written into. */
export async function writeComparison(comparison: Comparison, results: string): Promise<WrittenComparison> {
  const { a, b } = comparison;
  const folder = join(results, "comparisons", `${fileName(a.id)}-against-${fileName(b.id)}`);
  const chart = await drawn(comparison);
  const keep = async (name: string, text: string) => {
    const file = join(folder, name);
    await writeFile(file, text);
    return file;
  };
  try {
    await mkdir(folder, { recursive: true });
    return {
      page: await keep("comparison.html", htmlComparison(comparison, chart)),
      summary: await keep("comparison.md", markdownComparison(comparison)),
      ...(chart === undefined ? {} : { chart: await keep("comparison.svg", chart.svg) }),
    };
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRun({ expected: `to write into ${folder}`, got, next: "make room there" }, { cause });
  }
}

async function drawn(comparison: Comparison): Promise<PageChart | undefined> {
  const spec = comparisonChart(comparison);
  if (spec === undefined) return undefined;
  return { svg: await drawSvg(compiled(spec)), description: comparisonDescription };
}

/** An id comes from a file, and is to stay one name. */
function fileName(id: string): string {
  return id.replace(/[^\w.-]/g, "_").replace(/^\.+/, "_");
}

function shown(file: string): string {
  return relative(process.cwd(), file);
}
