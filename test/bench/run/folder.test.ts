import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { RunFolder } from "../../../bench/run/folder.ts";
import { endOf, runFolderIn, startBench } from "./bench-process.ts";

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "bench-"));
});
afterEach(() => {
  rmSync(out, { recursive: true });
});

it("is held by one process at a time", async () => {
  await new RunFolder(out).hold();
  expect(readlinkSync(join(out, "running"))).toBe(String(process.pid));
  await expect(new RunFolder(out).hold()).rejects.toThrow(`process ${process.pid}, which does`);
});

it("is held by nobody once its process was ended by force", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  symlinkSync(String(pid), join(out, "running"));
  await new RunFolder(out).hold();
  expect(readlinkSync(join(out, "running"))).toBe(String(process.pid));
});

it("of a run under way is not for a second process, and is free after it", async () => {
  const args = ["--profile", "smoke", "--servers", "ws", "--scenarios", "ingest", "--out", out];
  let second: ReturnType<typeof endOf> | undefined;
  const { code } = await endOf(startBench(args), (said) => {
    if (said.includes("[1/")) second ??= endOf(startBench(["--resume", runFolderIn(out)]));
  });
  const refused = await second;
  expect(refused?.code).toBe(2);
  expect(refused?.said).toContain(`expected: nobody else to run ${runFolderIn(out)}`);
  expect(code).toBe(0);
  expect(existsSync(join(runFolderIn(out), "running"))).toBe(false);
}, 60_000);
