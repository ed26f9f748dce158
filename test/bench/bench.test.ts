import { once } from "node:events";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createBenchCommand } from "../../bench/options.ts";
import type { Run } from "../../bench/result.ts";
import { runOptionsOf } from "../../bench/run/options.ts";
import { planOf } from "../../bench/run/session.ts";
import { eventually } from "../../conformance/wait.ts";
import { type BenchProcess, endOf, readRunIn, runFolderIn, startBench } from "./run/bench-process.ts";

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "bench-"));
});
afterEach(() => {
  rmSync(out, { recursive: true });
});

/** A run whose folder is made for this test. */
function bench(...args: string[]): BenchProcess {
  return startBench(["--out", out, ...args]);
}

function readRun(): Run {
  return readRunIn(runFolderIn(out));
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

it("measures every scenario, and all its figures are there; meanwhile no second process may, after it any", async () => {
  let second: ReturnType<typeof endOf> | undefined;
  const { code } = await endOf(bench("--profile", "smoke", "--servers", "ws"), (said) => {
    if (said.includes("[1/")) second ??= endOf(startBench(["--resume", runFolderIn(out)]));
  });
  const refused = await second;
  expect(refused?.code).toBe(2);
  expect(refused?.said).toContain(`expected: nobody else to run ${runFolderIn(out)}`);
  expect(code).toBe(0);
  expect(existsSync(join(runFolderIn(out), "running"))).toBe(false);
  const run = readRun();
  expect(run.complete).toBe(true);
  expect(run.calibrations.map(({ checks }) => checks.length)).toEqual([9]);
  expect(run.trials).toHaveLength(5);
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

it("keeps what it has when it is interrupted, leaves no process behind, and goes on to the same plan with the same build alone", async () => {
  const args = [
    ...["--profile", "smoke", "--servers", "cgi,threads-streaming"],
    ...["--scenarios", "delivery,connections", "--seed", "3"],
  ];
  const child = bench(...args);
  const group = child.pid ?? 0;
  let interrupted = false;
  const { code, said } = await endOf(child, (text) => {
    // When the third trial begins, two are done, and the processes of the third are about to start.
    if (interrupted || !text.includes("[3/")) return;
    interrupted = true;
    process.kill(-group, "SIGINT");
  });
  expect(code).toBe(130);
  expect(processGroup(group)).toEqual([]);
  const before = readRun();
  expect(before.complete).toBe(false);
  expect(before.trials).toHaveLength(2);

  const [, named = ""] = /go on with: npm run bench -- --resume (\S+)/.exec(said) ?? [];
  expect(named).toBe(runFolderIn(out));
  const latest = join(out, "latest");
  symlinkSync(basename(named), latest);
  const contradicted = await endOf(startBench(["--resume", latest, "--seed", "4"]));
  rmSync(latest);
  expect(contradicted.code).toBe(2);
  expect(contradicted.said).toContain(`--resume ${named} takes them all from the run`);
  expect(contradicted.said).toContain("--seed 4, where the run has 3");

  const file = join(named, "run.json");
  const kept = readFileSync(file);
  const other = { ...before, environment: { ...before.environment, build: "another" } };
  writeFileSync(file, JSON.stringify(other));
  const refused = await endOf(startBench(["--resume", named]));
  expect(refused.code).toBe(2);
  expect(refused.said).toContain(`build ${before.environment.build}, where the run has another`);
  expect(readRun()).toEqual(other);
  writeFileSync(file, kept);

  const resumed = await endOf(startBench(["--resume", named]));
  expect(resumed.code).toBe(0);
  expect(resumed.said).not.toContain("[2/");
  const run = readRun();
  const options = runOptionsOf(createBenchCommand().parse(args, { from: "user" }).opts());
  const { plan } = await planOf(options);
  expect(run.trials.map(({ scenario, arm, point, block }) => ({ scenario, arm, point, block }))).toEqual(
    plan.map(({ scenario, arm, point, block }) => ({ scenario: scenario.name, arm, point, block })),
  );
  expect(run.trials.slice(0, 2)).toEqual(before.trials);
  expect(run.trials.map(({ sitting }) => sitting)).toEqual([1, 1, 2, 2]);
  expect({ ...run, complete: false, durationMs: 0, trials: [], calibrations: [] }).toEqual({
    ...before,
    durationMs: 0,
    trials: [],
    calibrations: [],
  });
  expect(run.complete).toBe(true);
  expect(run.durationMs).toBeGreaterThan(before.durationMs);

  const again = await endOf(startBench(["--resume", named]));
  expect(again.code).toBe(0);
  expect(again.said).toContain("complete");
  expect(readRun()).toEqual(run);
}, 120_000);

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
  return processGroup(group).find((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("bundled/main.js");
    } catch {
      return false; // It ended while we looked.
    }
  });
}

const isFound = (pid: number | undefined) => pid !== undefined;

it.each([
  [["--servers", "nonsense"], "nonsense"],
  [["--profile", "nonsense"], "smoke, quick"],
  [["--scenarios", "nonsense"], "nonsense"],
  [["--blocks", "0"], "whole number"],
  [["--database", "nonsense"], "postgres://"],
  [["--database", "postgres://me:secret@127.0.0.1:1/x", "--servers", "ws"], "the lab waiting"],
  [
    ["--database", "postgres://me:secret@127.0.0.1:1/x", "--scenarios", "waiting"],
    "a PostgreSQL that answers at postgres://me@127.0.0.1:1/x",
  ],
])("refuses %j with exit code 2 and says what it expected", async (args, expected) => {
  const child = bench(...args);
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  expect(code).toBe(2);
  expect(errors).toContain(expected);
  expect(readdirSync(out)).toEqual([]);
});
