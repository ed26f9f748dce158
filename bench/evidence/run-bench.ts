import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CannotRun } from "../../cli/command.ts";
import { bundledFolder } from "../../cli/project.ts";
import { readRun } from "../report/read-run.ts";
import type { Run } from "../result.ts";

/** What `npm run bench` exits with when it has run to its end: all is well, or a trial has failed. */
const ranToItsEnd = [0, 1];

/** Makes a run as whoever types the command does, in a folder of its own, which is kept. */
export async function runBench(
  args: readonly string[],
  interrupted: AbortSignal,
): Promise<{ readonly run: Run; readonly folder: string }> {
  interrupted.throwIfAborted();
  const out = await mkdtemp(join(tmpdir(), "bench-"));
  const cli = fileURLToPath(new URL("bench.js", bundledFolder));
  // In a process group of its own: a terminal would interrupt it beside us, and it takes the second signal for haste.
  const child = spawn(process.execPath, [cli, "--out", out, ...args], {
    detached: true,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const stop = () => child.kill("SIGINT");
  interrupted.addEventListener("abort", stop);
  try {
    const [code] = await once(child, "exit");
    interrupted.throwIfAborted();
    if (!ranToItsEnd.includes(code)) {
      throw new CannotRun({
        expected: `npm run bench -- ${args.join(" ")} to run to its end`,
        got: `exit code ${code}; what it said stands above`,
        next: "mend what it says, and run it again",
      });
    }
  } finally {
    interrupted.removeEventListener("abort", stop);
  }
  const [id = ""] = await readdir(out);
  const folder = join(out, id);
  return { run: await readRun(folder), folder };
}
