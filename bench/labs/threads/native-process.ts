import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { LabBench } from "../bench.ts";

/** A native program that runs on the server's core. */
export interface NativeProcess {
  readonly pid: number;
  /** The next line that it says. Rejects when it ends before. */
  line(): Promise<string>;
  /** Tells it a line. */
  tell(line: string): void;
}

/** Starts the compiled program; it ends with the trial. */
export function startNative(bench: LabBench, file: string): NativeProcess {
  const { server: core } = bench.cores;
  const [command, args] = core === undefined ? [file, []] : ["taskset", ["-c", String(core), file]];
  const child: ChildProcess = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(`${file} could not be started: ${error.message}`));
    child.on("exit", (code, signal) => resolve(`${file} ended with ${signal ?? `code ${code}`}`));
  });
  bench.watch(ended);
  bench.endWithTrial(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const { pid, stdin, stdout } = child;
  if (stdin === null || stdout === null)
    throw new Error(`expected ${file} to have its streams, got none of them`);
  // A line that comes too late to be told belongs to a program that ended, and its end is told.
  stdin.on("error", () => {});
  const lines = createInterface({ input: stdout });
  return {
    pid: pid ?? 0,
    line: async () => {
      const over = ended.then((reason): never => {
        throw new Error(reason);
      });
      const [line] = await Promise.race([once(lines, "line"), over]);
      return String(line);
    },
    tell: (line) => {
      stdin.write(`${line}\n`);
    },
  };
}
