import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { middleboxNames } from "../../../../bench/network/middleboxes/index.ts";
import { projectFolder } from "../../../../cli/project.ts";

it("the list of middleboxes and their folder agree, and a file's name is that of its box", () => {
  const folder = new URL("bench/network/middleboxes/", projectFolder);
  const files = readdirSync(folder).filter((file) =>
    readFileSync(new URL(file, folder), "utf8").includes("export default"),
  );
  expect(middleboxNames.map((name) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
});
