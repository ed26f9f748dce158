import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { bundledFolder, projectFolder } from "../../cli/project.ts";

it("a build leaves alone what is built already: a run may be starting it", () => {
  const folder = fileURLToPath(bundledFolder);
  const files = () =>
    readdirSync(folder).map((name) => {
      const { ino, mtimeMs } = statSync(new URL(name, bundledFolder));
      return { name, ino, mtimeMs };
    });
  const before = files();
  expect(before.map(({ name }) => name)).toContain("main.js");
  const step = fileURLToPath(new URL("dist/cli/bundle.js", projectFolder));
  expect(spawnSync(process.execPath, [step]).status).toBe(0);
  expect(files()).toEqual(before);
});
