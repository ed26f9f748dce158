/** The system's Chromium, which the project drives but does not bring: for tests, measurements and pictures. */
import type { Browser } from "playwright-core";
import { CannotRun } from "./command.ts";
import { findProgramFile, isExecutable } from "./find-program.ts";

export type { Browser, BrowserContext, CDPSession, ConsoleMessage, Page, Request } from "playwright-core";

/** What the program is called, by system; the first that is there is taken. */
const programs = ["chromium", "chromium-browser", "google-chrome"] as const;

/** Names the program itself, where it has another name or place. */
const variable = "CHROMIUM_PATH";

/** Where Chromium is, or why there is none to be had, in words that say what to do. */
export type ChromiumFound = { readonly file: string } | { readonly missing: string };

/** Looks for Chromium: where CHROMIUM_PATH says, else by its usual names on the PATH. */
export function findChromium(): ChromiumFound {
  const named = process.env[variable] ?? "";
  if (named !== "") {
    return isExecutable(named)
      ? { file: named }
      : { missing: `${variable} is ${named}, which is no program` };
  }
  for (const program of programs) {
    const file = findProgramFile(program);
    if (file !== undefined) return { file };
  }
  return { missing: `no Chromium on the PATH (${programs.join(", ")})` };
}

/** How to come by a Chromium, as words after "next:" or a semicolon. */
export const installChromium = `apt-get install chromium, or the like, or say in ${variable} where it is`;

/**
 * Starts Chromium without a window. Pages may play sound without a click, as a stage's browser is told to; nobody hears
 * it. It runs on the cores that this process runs on. Throws `CannotRun` where there is none.
 */
export async function launchChromium(): Promise<Browser> {
  const found = findChromium();
  if ("missing" in found)
    throw new CannotRun({ expected: "a Chromium", got: found.missing, next: installChromium });
  // Its driver is large, and whoever only looks for Chromium does not need it.
  const { chromium } = await import("playwright-core");
  return chromium.launch({
    executablePath: found.file,
    args: ["--autoplay-policy=no-user-gesture-required"],
    // It does not start for root.
    chromiumSandbox: process.getuid?.() !== 0,
  });
}
