/** A step of the build: removes what was compiled from files that are no more, which would be measured and shipped. */
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import { projectFolder } from "./project.ts";

const dist = new URL("dist/", projectFolder);

for (const file of await readdir(fileURLToPath(dist), { recursive: true })) {
  const path = file.replaceAll(sep, "/");
  // Only what tsc makes: the bundles are made anew after this.
  const source = /^(?!bundled\/)(.+)\.js(?:\.map)?$/.exec(path)?.[1];
  if (source !== undefined && !existsSync(new URL(`${source}.ts`, projectFolder)))
    await rm(new URL(path, dist));
}
