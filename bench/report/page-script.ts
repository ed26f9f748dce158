import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { CannotRun } from "../../cli/command.ts";
import { bundledFolder } from "../../cli/project.ts";
import { Html } from "./html-template.ts";

/** What makes the page's charts live, as the build has bundled it out of `page/`. Throws `CannotRun` before a build. */
export async function readPageScript(): Promise<string> {
  const file = new URL("report-page.js", bundledFolder);
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRun(
      { expected: `the script of the report at ${file.pathname}`, got, next: "npm run build" },
      { cause },
    );
  }
}

/** A script as a part of a page. Throws when it holds what would end it there. */
export function inlineScript(script: string): Html {
  const [end] = /<\/script|<!--/i.exec(script) ?? [];
  if (end !== undefined) {
    throw new Error(
      `expected a script that can stand in a page, got one with ${end}; next: write it as \\x3c`,
    );
  }
  return new Html(`<script>${script}</script>`);
}

/** What the page may do: run this script, and nothing from elsewhere. */
export function contentPolicy(script: string): string {
  const hash = createHash("sha256").update(script).digest("base64");
  return (
    `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; ` +
    "base-uri 'none'; form-action 'none'"
  );
}
