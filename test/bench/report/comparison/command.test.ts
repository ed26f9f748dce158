import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Run } from "../../../../bench/result.ts";
import { bundledFolder } from "../../../../cli/project.ts";
import { inventedRun } from "../../fixtures/run.ts";
import { sittingOf } from "./two-runs.ts";

const cli = fileURLToPath(new URL("report.js", bundledFolder));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "comparison-"));
  await keep("results/latest", sittingOf("one", 1));
  await keep("results/reference", sittingOf("../other", 2, { planted: { ws: { perSecond: 1.2 } } }));
  await keep("empty", inventedRun({ blocks: 1, id: "empty", scenarios: [], trials: [] }));
  await mkdir(join(folder, "old"));
  await writeFile(join(folder, "old/run.json"), JSON.stringify({ schemaVersion: 2 }));
});
afterAll(() => rm(folder, { recursive: true }));

async function keep(name: string, run: Run): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "run.json"), JSON.stringify(run));
}

const report = (...args: string[]) =>
  spawnSync(process.execPath, [cli, ...args], { encoding: "utf8", cwd: folder });

test("two runs are compared by name, into a folder of their own: exit code 0", async () => {
  const { status, stdout, stderr } = report("latest", "reference");
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(stdout).toContain("ingest: ws");
  const kept = join(folder, "results/comparisons/one-against-__other");
  for (const name of ["comparison.html", "comparison.md", "comparison.svg"]) {
    expect(stdout).toContain(name);
    expect(await readFile(join(kept, name), "utf8")).not.toBe("");
  }
});

test.each([
  ["the same run twice", ["latest", "results/latest"], "got: one twice"],
  ["runs that have nothing in common", ["latest", "empty"], "B, empty: no scenario"],
  ["a run of another schema", ["latest", "old"], "got: schema version 2"],
  ["a run that is not there", ["latest", "unheard-of"], "got: unheard-of"],
  [
    "two runs to become the reference",
    ["latest", "empty", "--as-reference"],
    "one run to become the reference",
  ],
  ["a run that must not become the reference", ["latest", "--as-reference"], "a run of the profile standard"],
])("cannot run with %s: exit code 2", (_, args, message) => {
  const { status, stdout, stderr } = report(...args);
  expect(stderr).toContain(message);
  expect(stderr).toContain("next: ");
  expect(stdout).toBe("");
  expect(status).toBe(2);
});
