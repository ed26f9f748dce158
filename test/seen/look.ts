import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "../../cli/chromium.ts";
import type { Asked } from "./findings.ts";
import type { LookedAt } from "./looked-at.ts";

let script: Promise<string> | undefined;

/** What looks at a page, as one script. It remembers what it has read, so each look begins it anew. */
function lookingScript(): Promise<string> {
  script ??= bundled();
  return script;
}

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("page/look.ts", import.meta.url))],
    ...{ bundle: true, write: false, format: "iife", globalName: "looking", target: "es2023" },
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error("expected one script of test/seen/page/look.ts, got none");
  return file.text;
}

/** Looks at the page as it is now. */
export async function look(page: Page): Promise<LookedAt> {
  return page.evaluate<LookedAt>(await looking("lookAtPage()"));
}

/** What is wrong with the page as it is now, one line each. */
export async function faultsSeen(page: Page, asked: Asked): Promise<string[]> {
  return page.evaluate<string[]>(await looking(`faultsOfPage(${JSON.stringify(asked)})`));
}

async function looking(call: string): Promise<string> {
  return `(() => { ${await lookingScript()}; return looking.${call}; })()`;
}
