import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Run } from "../../../bench/result.ts";
import { bundledFolder } from "../../../cli/project.ts";

export type BenchProcess = ChildProcessByStdio<null, null, Readable>;

/** Starts `npm run bench` in a process group of its own, as a terminal would; `prefix` is what it is run by. */
export function startBench(args: readonly string[], prefix: readonly string[] = []): BenchProcess {
  const cli = fileURLToPath(new URL("bench.js", bundledFolder));
  const [command = "", ...rest] = [...prefix, process.execPath, cli, ...args];
  return spawn(command, rest, { detached: true, stdio: ["ignore", "ignore", "pipe"] });
}

/** Waits for its end; gives its exit code and what it has said. `hear` is called whenever it says something. */
export async function endOf(
  child: BenchProcess,
  hear: (said: string) => void = () => {},
): Promise<{ code: number | null; said: string }> {
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    said += chunk;
    hear(said);
  });
  const [code] = await once(child, "close");
  return { code, said };
}

/** The folder of the only run in `out`. */
export function runFolderIn(out: string): string {
  const [folder = ""] = readdirSync(out).filter((name) => name !== "ballast");
  return join(out, folder);
}

export function readRunIn(folder: string): Run {
  return JSON.parse(readFileSync(join(folder, "run.json"), "utf8"));
}
