import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectFolder } from "../../cli/project.ts";

/** A hash of all compiled code: two runs of the same build were measured by the same instrument. */
export async function buildHash(): Promise<string> {
  const folder = fileURLToPath(new URL("dist/", projectFolder));
  const files = await readdir(folder, { recursive: true });
  const hash = createHash("sha256");
  for (const file of files.filter((name) => /\.c?js$/.test(name)).sort()) {
    hash.update(`${file}\n`).update(await readFile(join(folder, file)));
  }
  return hash.digest("hex").slice(0, 12);
}
