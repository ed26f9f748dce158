import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { CannotRun } from "./command.ts";
import { projectFolder } from "./project.ts";

/**
 * The licences of the packages that these files are of: whoever hands on a bundle hands on these too. Packages that say the
 * same share it. Throws `CannotRun` for a package without one.
 */
export async function licencesOf(files: readonly string[]): Promise<string> {
  const packages = new Set(
    files.flatMap((file) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
  );
  const named = new Map<string, string[]>();
  for (const name of [...packages].sort()) {
    const text = await licenceOf(name);
    named.set(text, [...(named.get(text) ?? []), name]);
  }
  return [...named].map(([text, names]) => `${names.join(", ")}:\n${text}`).join("\n\n");
}

async function licenceOf(name: string): Promise<string> {
  const folder = new URL(`node_modules/${name}/`, projectFolder);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(entry));
  if (file === undefined) {
    throw new CannotRun({
      expected: `the licence of ${name}, whose code goes into every report`,
      got: `none in ${fileURLToPath(folder)}`,
      next: "do without the package, or find under which terms it may be handed on",
    });
  }
  const text = await readFile(new URL(file, folder), "utf8");
  return text.replaceAll("*/", "* /").replaceAll("\r\n", "\n").trim();
}
