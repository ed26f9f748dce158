import { spawnSync } from "node:child_process";
import { mkdtempSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { RunFolder } from "../../../bench/run/folder.ts";

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
