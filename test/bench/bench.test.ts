import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Run } from "../../bench/result.ts";
import { projectFolder } from "../../cli/project.ts";
import { eventually } from "../../conformance/wait.ts";

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "bench-"));
});
afterEach(() => {
  rmSync(out, { recursive: true });
});

/** Starts `npm run bench` in a process group of its own, as a terminal would. */
function bench(...args: string[]): ChildProcessByStdio<null, null, Readable> {
  const cli = fileURLToPath(new URL("dist/bench/cli.js", projectFolder));
  return spawn(process.execPath, [cli, "--out", out, ...args], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
}

function readRun(): Run {
  const [folder = ""] = readdirSync(out);
  return JSON.parse(readFileSync(join(out, folder, "run.json"), "utf8"));
}

/** Ids of the processes of a process group. Source: proc(5), field pgrp of /proc/pid/stat. */
function processGroup(id: number): number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]) === id;
    } catch {
      return false; // It ended while we looked.
    }
  });
}

it("measures every scenario, and all its figures are there", async () => {
  const child = bench("--profile", "smoke", "--servers", "ws");
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
  const run = readRun();
  expect(run.complete).toBe(true);
  expect(run.calibrations.map(({ checks }) => checks.length)).toEqual([9]);
  expect(run.trials).toHaveLength(4);
  for (const { scenario, outcome } of run.trials) {
    expect(outcome.state).toBe("completed");
    if (outcome.state !== "completed") continue;
    expect(
      Object.values(outcome.errors).every((count) => count === 0),
      scenario,
    ).toBe(true);
    expect(Object.values(outcome.figures).every(Number.isFinite), scenario).toBe(true);
  }
}, 120_000);

it("keeps what it has when it is interrupted, and leaves no process behind", async () => {
  const child = bench("--profile", "smoke", "--servers", "cgi,threads-streaming");
  const group = child.pid ?? 0;
  let errors = "";
  // When the third trial begins, two are done, and the processes of the third are about to start.
  await new Promise<void>((resolve) => {
    child.stderr.on("data", (chunk) => {
      errors += chunk;
      if (errors.includes("[3/")) resolve();
    });
  });
  process.kill(-group, "SIGINT");
  const [code] = await once(child, "close");
  expect(code).toBe(130);
  expect(processGroup(group)).toEqual([]);
  const run = readRun();
  expect(run.complete).toBe(false);
  expect(run.trials).toHaveLength(2);
  expect(errors).toContain("kept");
}, 60_000);

it("goes on after a server that was killed, and says in which phase that was", async () => {
  const child = bench("--profile", "smoke", "--servers", "ws", "--scenarios", "delivery,fan-out");
  const exit = once(child, "exit");
  child.stderr.resume();
  const server = await eventually(
    20_000,
    "a server's process",
    async () => serverIn(child.pid ?? 0),
    isFound,
  );
  process.kill(server ?? 0, "SIGKILL");
  const [code] = await exit;
  expect(code).toBe(1);
  const [first, second] = readRun().trials.map(({ outcome }) => outcome);
  expect(first).toMatchObject({ state: "failed", message: expect.stringContaining("SIGKILL") });
  expect(second?.state).toBe("completed");
  expect(processGroup(child.pid ?? 0)).toEqual([]);
}, 60_000);

/** The process of a process group that runs a server. */
function serverIn(group: number): number | undefined {
  return processGroup(group).find((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("servers/main.js"),
  );
}

const isFound = (pid: number | undefined) => pid !== undefined;

it.each([
  [["--servers", "nonsense"], "nonsense"],
  [["--profile", "nonsense"], "smoke, quick"],
  [["--scenarios", "nonsense"], "nonsense"],
  [["--blocks", "0"], "whole number"],
])("refuses %j with exit code 2 and says what it expected", async (args, expected) => {
  const child = bench(...args);
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  expect(code).toBe(2);
  expect(errors).toContain(expected);
});
