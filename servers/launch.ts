import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bundledFolder } from "../cli/project.ts";
import type {
  ChildMessage,
  Endpoints,
  ParentMessage,
  ProcessUsage,
  ServerOptions,
  Usage,
  UsageRequest,
} from "./contract.ts";
import type { ServerName } from "./index.ts";

export interface LaunchOptions {
  readonly server?: Partial<ServerOptions>;
  /** The core the process is held to, and its children with it. Only where there is `taskset`. */
  readonly core?: number;
  /** Ends the process at once, however far it has come. */
  readonly signal?: AbortSignal;
}

/** A server in a process of its own. */
export interface LaunchedServer {
  readonly pid: number;
  readonly endpoints: Endpoints;
  /** Asks the server what it uses. */
  usage(request?: UsageRequest): Promise<{ readonly server: Usage; readonly process: ProcessUsage }>;
  /** Closes the server and waits for its process to end. Rejects if the process says that it failed. */
  close(): Promise<void>;
  /** Ends the process at once. */
  kill(): Promise<void>;
  /** Resolves with a sentence when the process has ended, however it did. */
  readonly ended: Promise<string>;
}

/** The compiled child process. Built JavaScript, so that no loader sits in what is measured. */
const mainFile = fileURLToPath(new URL("main.js", bundledFolder));

/** Longest that a server may take to come up, on a machine that has much else to do. */
const startMs = 30_000;

/** Starts a server in a process of its own. Rejects with the process's own message when it does not come up. */
export async function launchServer(name: ServerName, options: LaunchOptions = {}): Promise<LaunchedServer> {
  const node = [process.execPath, "--expose-gc", mainFile, name];
  const [command = "", ...args] =
    options.core === undefined ? node : ["taskset", "-c", String(options.core), ...node];
  // Not as an argument: that could be read by every user of the machine, and there are secrets among them.
  const env = { ...process.env, SERVER_OPTIONS: JSON.stringify(options.server ?? {}) };
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "pipe", "ipc"], env });
  options.signal?.addEventListener("abort", () => child.kill("SIGKILL"));
  let errorOutput = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errorOutput = (errorOutput + text).slice(-4_000);
  });
  const ended = new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(`server ${name} could not be started: ${error.message}`));
    child.on("exit", (code, signal) => {
      const end = () => resolve(endOf(name, code, signal, errorOutput));
      // What it said last may come after its end.
      if (child.connected) child.once("disconnect", end);
      else end();
    });
  });
  const answers = new Answers(child, ended);
  const late = setTimeout(() => {
    const next = "can its data folder be made where it is?";
    answers.fail(
      new Error(`expected server ${name} to be ready within ${startMs / 1_000} s, got no word; ${next}`),
    );
    child.kill("SIGKILL");
  }, startMs);
  const ready = await answers.next("ready").finally(() => clearTimeout(late));
  return {
    pid: child.pid ?? 0,
    endpoints: ready.endpoints,
    ended,
    usage: (request = {}) => answers.ask({ kind: "usage", request }, "usage"),
    close: async () => {
      await answers.ask({ kind: "close" }, "closed");
      await ended;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

type Answer<Kind extends ChildMessage["kind"]> = Extract<ChildMessage, { kind: Kind }>;

interface Waiter {
  /** Whether this is what it waits for; if so, it has it now. */
  take(message: ChildMessage): boolean;
  reject(error: Error): void;
}

/** What the process says, each message to whoever has waited longest for one of its kind. */
class Answers {
  readonly #child: ChildProcess;
  #waiting: Waiter[] = [];
  #failure: Error | undefined;

  constructor(child: ChildProcess, ended: Promise<string>) {
    this.#child = child;
    child.on("message", (message: ChildMessage) => {
      if (message.kind === "failed") this.fail(new Error(message.message));
      const taker = this.#waiting.find((waiter) => waiter.take(message));
      this.#waiting = this.#waiting.filter((waiter) => waiter !== taker);
    });
    void ended.then((reason) => this.fail(new Error(reason)));
  }

  /** Rejects when the process says that it failed, or ends without an answer. */
  next<Kind extends ChildMessage["kind"]>(kind: Kind): Promise<Answer<Kind>> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure);
      const take = (message: ChildMessage) => {
        if (!isKind(message, kind)) return false;
        resolve(message);
        return true;
      };
      this.#waiting.push({ take, reject });
    });
  }

  ask<Kind extends ChildMessage["kind"]>(message: ParentMessage, kind: Kind): Promise<Answer<Kind>> {
    const answer = this.next(kind);
    // A channel that is closed belongs to a process that ended, which `next` tells with its reason.
    if (this.#child.connected) this.#child.send(message, () => {});
    return answer;
  }

  /** Nothing more will come. */
  fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting) reject(this.#failure);
    this.#waiting = [];
  }
}

function isKind<Kind extends ChildMessage["kind"]>(
  message: ChildMessage,
  kind: Kind,
): message is Answer<Kind> {
  return message.kind === kind;
}

function endOf(
  name: string,
  code: number | null,
  signal: NodeJS.Signals | null,
  errorOutput: string,
): string {
  const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
  return `the process of server ${name} ${how}${errorOutput ? `, saying:\n${errorOutput.trimEnd()}` : ""}`;
}
