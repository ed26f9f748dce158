import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const program = fileURLToPath(new URL("../../dist/dispatch/cli.js", import.meta.url));

export interface LaunchedDispatcher {
  readonly url: string;
  /** Resolves with the first line of its output, from its start on, that fits. */
  line(pattern: RegExp): Promise<string>;
  /** Ends it at once, by force. */
  kill(): Promise<void>;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
}

/** `npm run dispatch` in a process of its own, once it listens. Rejects with what it says if it does not. */
export async function launchDispatcher(
  server: string,
  dataFolder: string,
  more: readonly string[] = [],
): Promise<LaunchedDispatcher> {
  const args = [program, server, "--data-folder", dataFolder, "--port", "0", "--allow-loopback", ...more];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const complaint = text(child.stderr);
  const lines = new Lines(child);
  const listening = await lines.first(/^the dispatcher listens on (.*)/).catch(async () => {
    throw new Error(await complaint);
  });
  const end = async (signal: "SIGKILL" | "SIGINT") => {
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  };
  return {
    url: listening.replace(/^.* /, ""),
    line: (pattern) => lines.first(pattern),
    kill: () => end("SIGKILL"),
    stop: () => end("SIGINT"),
  };
}

class Lines {
  readonly #seen: string[] = [];
  readonly #ended: Promise<unknown>;
  #onLine = () => {};

  constructor(child: ChildProcess) {
    if (child.stdout === null) throw new Error("expected a process with its output in a pipe");
    const lines = createInterface(child.stdout);
    lines.on("line", (line) => {
      this.#seen.push(line);
      this.#onLine();
    });
    this.#ended = once(lines, "close");
  }

  first(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const line = this.#seen.find((seen) => pattern.test(seen));
        if (line !== undefined) resolve(line);
      };
      this.#onLine = look;
      look();
      void this.#ended.then(() =>
        reject(new Error(`expected a line as ${pattern}, got the end of the output`)),
      );
    });
  }
}
