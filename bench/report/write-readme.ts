/** Writes what README.md shows of the run in `results/reference`. */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { runCommand } from "../../cli/command.ts";
import { projectFolder } from "../../cli/project.ts";
import { readRun } from "./read-run.ts";
import { readmeParts, readmeWith } from "./readme/parts.ts";

await runCommand(async () => {
  const file = new URL("README.md", projectFolder);
  const run = await readRun(fileURLToPath(new URL("results/reference", projectFolder)));
  await writeFile(file, readmeWith(await readFile(file, "utf8"), await readmeParts(run)));
  return "done";
});
