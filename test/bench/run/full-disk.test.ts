import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRun } from "../../../bench/report/read-run.ts";
import { endOf, readRunIn, runFolderIn, startBench } from "./bench-process.ts";

const small = ["--profile", "smoke", "--servers", "ws,tcp", "--scenarios", "delivery,connections"];

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "full-disk-"));
});
afterEach(() => {
  rmSync(out, { recursive: true });
});

/** A file system of so few bytes on `out`; false where that takes rights that we do not have. */
function mount(bytes: number): boolean {
  return spawnSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", out]).status === 0;
}

function unmount(): void {
  spawnSync("umount", [out]);
}

const canMount = (() => {
  const folder = mkdtempSync(join(tmpdir(), "full-disk-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "tmpfs", folder]).status === 0;
  if (mounted) spawnSync("umount", [folder]);
  rmSync(folder, { recursive: true });
  return mounted;
})();

/** Takes all room that is left. */
function fill(): void {
  const ballast = openSync(join(out, "ballast"), "w");
  try {
    for (;;) writeSync(ballast, Buffer.alloc(4_096));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  } finally {
    closeSync(ballast);
  }
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}

describe.runIf(canMount)("on a full disk", () => {
  it("a run keeps what was saved, goes on, and says at its end that the rest is lost and how to get it", async () => {
    expect(mount(16 * 1024 * 1024)).toBe(true);
    try {
      const full = once(fill);
      const { code, said } = await endOf(startBench(["--out", out, ...small]), (text) => {
        if (text.includes("[3/")) full();
      });
      expect(code).toBe(2);
      expect(said.match(/^not saved: .*ENOSPC/gm)).toHaveLength(2 + 1);
      expect(said).toContain("[4/4]");
      const folder = runFolderIn(out);
      expect(said).toContain(`expected: to save all 4 trials in ${join(folder, "run.json")}`);
      expect(said).toContain(`--resume ${folder}`);
      const run = await readRun(folder);
      expect(run.trials).toHaveLength(2);
      expect(readdirSync(folder)).toEqual(["run.json"]);
    } finally {
      unmount();
    }
  }, 60_000);

  it("a run saves all as soon as there is room again, and a report that finds none says which file", async () => {
    expect(mount(16 * 1024 * 1024)).toBe(true);
    try {
      const full = once(fill);
      const empty = once(() => rmSync(join(out, "ballast")));
      const { code, said } = await endOf(startBench(["--out", out, ...small]), (text) => {
        if (text.includes("[2/")) full();
        if (text.includes("not saved")) empty();
      });
      expect(code).toBe(0);
      expect(said.match(/^not saved/gm)).toHaveLength(1);
      const folder = runFolderIn(out);
      expect((await readRun(folder)).complete).toBe(true);

      const before = readFileSync(join(folder, "run.json"));
      rmSync(join(folder, "charts"), { recursive: true });
      fill();
      const shown = await endOf(startBench(["--resume", folder]));
      expect(shown.code).toBe(2);
      expect(shown.said).toMatch(/expected: to write \S+\/charts\/\S+\.svg\n\s+got: ENOSPC/);
      expect(readFileSync(join(folder, "run.json"))).toEqual(before);
    } finally {
      unmount();
    }
  }, 60_000);

  it("a run that cannot be saved at all does not begin", async () => {
    expect(mount(16 * 1024)).toBe(true);
    try {
      fill();
      const { code, said } = await endOf(startBench(["--out", out, ...small]));
      expect(code).toBe(2);
      expect(said).toContain("expected: to write");
      expect(said).toContain("ENOSPC");
    } finally {
      unmount();
    }
  }, 60_000);
});

// The same where no file system can be mounted: a file that may not grow is refused with another code.
it.skipIf(canMount)(
  "a run.json that may not grow any more stays as it was",
  async () => {
    expect((await endOf(startBench(["--out", out, ...small]))).code).toBe(0);
    const run = readRunIn(runFolderIn(out));
    const bytes = JSON.stringify({ ...run, trials: run.trials.slice(0, 2) }, undefined, 1).length + 100;
    rmSync(runFolderIn(out), { recursive: true });
    const { code, said } = await endOf(startBench(["--out", out, ...small], ["prlimit", `--fsize=${bytes}`]));
    expect(code).toBe(2);
    expect(said).toContain("not saved: EFBIG");
    const folder = runFolderIn(out);
    expect((await readRun(folder)).trials.length).toBeLessThan(4);
    expect(readdirSync(folder)).toEqual(["run.json"]);
  },
  60_000,
);
