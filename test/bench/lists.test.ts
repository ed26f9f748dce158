import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { scenarios } from "../../bench/scenarios/index.ts";
import { projectFolder } from "../../cli/project.ts";

it("the list of scenarios and their folder agree, and a file's name is the scenario's", () => {
  const folder = new URL("bench/scenarios/", projectFolder);
  const files = readdirSync(folder).filter((file) =>
    readFileSync(new URL(file, folder), "utf8").includes("export default"),
  );
  expect(scenarios.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
});
