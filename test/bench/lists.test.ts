import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { claims } from "../../bench/claims/index.ts";
import { labNames, labs } from "../../bench/labs/index.ts";
import { scenarioNames, scenarios } from "../../bench/scenarios/index.ts";
import { projectFolder } from "../../cli/project.ts";

/** The files of a folder, or of the folders in it, that hand out one thing of its list. */
function defaultsIn(folder: string): string[] {
  const url = new URL(folder, projectFolder);
  return readdirSync(url, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && readFileSync(new URL(file, url), "utf8").includes("export default"),
  );
}

it.each([
  ["bench/scenarios/", scenarios],
  ["bench/claims/", claims],
])("the list of %s and its folder agree, and a file's name is that of what it holds", (folder, list) => {
  expect(list.map(({ name }) => `${name}.ts`).toSorted()).toEqual(defaultsIn(folder).toSorted());
});

it("the list of labs and their folders agree, and a folder's name is that of its lab", () => {
  expect(labs.map(({ name }) => `${name}/lab.ts`).toSorted()).toEqual(defaultsIn("bench/labs/").toSorted());
});

it("no scenario is called as a lab", () => {
  expect(new Set([...scenarioNames, ...labNames]).size).toBe(scenarioNames.length + labNames.length);
});

it.each(claims)("claim $name is judged by scenarios that there are, and tested", ({ name, scenarios }) => {
  expect([...scenarioNames, ...labNames]).toEqual(expect.arrayContaining([...scenarios]));
  expect(existsSync(new URL(`test/bench/claims/${name}.test.ts`, projectFolder))).toBe(true);
});
