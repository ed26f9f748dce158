import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { findChromium, launchChromium } from "../../cli/chromium.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chromium-"));
  vi.stubEnv("PATH", folder);
  vi.stubEnv("CHROMIUM_PATH", "");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A program of this name on the PATH. */
function install(name: string): string {
  const file = join(folder, name);
  writeFileSync(file, "");
  chmodSync(file, 0o755);
  return file;
}

it("finds Chromium by its usual names, in their order", () => {
  const chrome = install("google-chrome");
  expect(findChromium()).toEqual({ file: chrome });
  const chromium = install("chromium");
  expect(findChromium()).toEqual({ file: chromium });
});

it("takes what CHROMIUM_PATH names, and nothing else then", () => {
  install("chromium");
  const named = install("another");
  vi.stubEnv("CHROMIUM_PATH", named);
  expect(findChromium()).toEqual({ file: named });
  vi.stubEnv("CHROMIUM_PATH", join(folder, "nowhere"));
  expect(findChromium()).toEqual({ missing: `CHROMIUM_PATH is ${folder}/nowhere, which is no program` });
});

it("says what was expected, what came and what to do next where there is none", async () => {
  await expect(launchChromium()).rejects.toThrow(
    "expected: a Chromium\ngot: no Chromium on the PATH (chromium, chromium-browser, google-chrome)\nnext: apt-get install chromium",
  );
});
