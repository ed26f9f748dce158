import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { evidencePages } from "../../../bench/evidence/index.ts";
import { projectFolder } from "../../../cli/project.ts";

function evidence(...args: string[]) {
  const cli = fileURLToPath(new URL("dist/bench/evidence/cli.js", projectFolder));
  return spawnSync(process.execPath, [cli, ...args], { encoding: "utf8" });
}

it("the list of pages and their folder agree, and a file's name is the page's", () => {
  const folder = new URL("bench/evidence/", projectFolder);
  const files = readdirSync(folder).filter(
    (file) => file.endsWith(".ts") && readFileSync(new URL(file, folder), "utf8").includes("export default"),
  );
  expect(evidencePages.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
});

it("tells what it can be asked", () => {
  const { status, stdout } = evidence("--help");
  expect(status).toBe(0);
  for (const { name, summary } of evidencePages) expect(stdout).toContain(`${name}: ${summary}`);
});

it.each([
  [["nonsense"], "there is no page"],
  [[], "missing required argument"],
  [["calibration", "--repeats", "0"], "whole number"],
])("refuses %j with exit code 2", (args, said) => {
  const { status, stderr } = evidence(...args);
  expect(status).toBe(2);
  expect(stderr).toContain(said);
});

it("holds itself to no core where it makes whole runs, which would all be held to it", () => {
  expect(evidencePages.filter(({ makesRuns }) => makesRuns).map(({ name }) => name)).toEqual(["verdicts"]);
});
