import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verdictsOf } from "../../../bench/claims/index.ts";
import { findRun } from "../../../bench/report/find-run.ts";
import { readRun } from "../../../bench/report/read-run.ts";
import { type WrittenReport, writeReport } from "../../../bench/report/write.ts";
import { bundledFolder } from "../../../cli/project.ts";
import { inventedRun } from "../fixtures/run.ts";

const cli = fileURLToPath(new URL("report.js", bundledFolder));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "report-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function filesOf(path: string): Promise<Record<string, string>> {
  const names = [
    "report.html",
    "summary.md",
    "verdicts.json",
    ...(await readdir(join(path, "charts"))).map((name) => `charts/${name}`),
  ];
  const texts = await Promise.all(names.map((name) => readFile(join(path, name), "utf8")));
  return Object.fromEntries(names.map((name, i) => [name, texts[i] ?? ""]));
}

describe("writing a report", () => {
  const run = inventedRun({ blocks: 2 });
  let written: WrittenReport;
  beforeAll(async () => {
    written = await writeReport(run, verdictsOf(run), join(folder, "here"));
  });

  test("the same run gives the same bytes, in this process and from run.json in another", async () => {
    const there = join(folder, "there");
    await mkdir(there);
    await writeFile(join(there, "run.json"), JSON.stringify(run));
    const child = spawnSync(process.execPath, [cli, there], { encoding: "utf8" });
    expect(child.stderr).toBe("");
    expect(child.status).toBe(0);
    const files = await filesOf(join(folder, "here"));
    expect(Object.keys(files)).toHaveLength(written.charts.length + 3);
    expect(await filesOf(there)).toEqual(files);
    for (const name of Object.keys(files)) expect(child.stdout).toContain(name);
  });

  test("every chart stands in the page", async () => {
    const text = await readFile(written.page, "utf8");
    for (const chart of written.charts) {
      const picture = (await readFile(chart, "utf8")).trim().replace(/<style>.*<\/style>/, "");
      expect(text.includes(picture), chart).toBe(true);
    }
  });

  test("makes a page of less than 3 MB of the reference, raw data included", async () => {
    const reference = await readRun("results/reference");
    const page = (await writeReport(reference, verdictsOf(reference), join(folder, "reference"))).page;
    const text = await readFile(page, "utf8");
    expect(text).toContain("data:application/gzip");
    expect(Buffer.byteLength(text)).toBeLessThan(3_000_000);
  });
});

describe("the command", () => {
  const report = (...args: string[]) =>
    spawnSync(process.execPath, [cli, ...args], { encoding: "utf8", cwd: folder });

  test.each([
    ["no run at all", [], "got: nothing there"],
    ["a run that is not there", ["unheard-of"], "got: unheard-of"],
    ["an option that is not there", ["--loud"], "unknown option '--loud'"],
  ])("cannot run with %s: exit code 2", (_, args, message) => {
    const { status, stderr } = report(...args);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });

  test("helps with exit code 0", () => {
    const { status, stdout } = report("--help");
    expect(stdout).toContain("Usage: npm run report --");
    expect(status).toBe(0);
  });
});

describe("finding a run", () => {
  test("by id, by folder, or the latest", async () => {
    const results = join(folder, "results");
    await mkdir(join(results, "runs", "a-run"), { recursive: true });
    await mkdir(join(results, "latest"));
    expect(await findRun(results, "a-run")).toBe(join(results, "runs", "a-run"));
    expect(await findRun(results, results)).toBe(results);
    expect(await findRun(results, undefined)).toBe(join(results, "latest"));
    await expect(findRun(results, "b-run")).rejects.toThrow("name one of the last runs: a-run");
    await expect(findRun(results, "")).rejects.toThrow("got: no name");
    expect(await findRun("nowhere", "a-run", join(results, "runs"))).toBe(join(results, "runs", "a-run"));
    await expect(findRun(results, "a-run", "elsewhere")).rejects.toThrow("the id of a run in elsewhere");
  });
});
