import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { projectFolder } from "../cli/project.ts";
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
const mainFile = fileURLToPath(new URL("dist/servers/main.js", projectFolder));

/** Starts a server in a process of its own. Rejects with the process's own message when it does not come up. */
export async function launchServer(name: ServerName, options: LaunchOptions = {}): Promise<LaunchedServer> {
  const node = [process.execPath, "--expose-gc", mainFile, name, JSON.stringify(options.server ?? {})];
  const [command = "", ...args] =
    options.core === undefined ? node : ["taskset", "-c", String(options.core), ...node];
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "pipe", "ipc"] });
  options.signal?.addEventListener("abort", () => child.kill("SIGKILL"));
  let errorOutput = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errorOutput = (errorOutput + text).slice(-4_000);
  });
  const ended = new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(`server ${name} could not be started: ${error.message}`));
    child.on("exit", (code, signal) => resolve(endOf(name, code, signal, errorOutput)));
  });
  const ready = await answerOf(child, ended, "ready");
  return {
    pid: child.pid ?? 0,
    endpoints: ready.endpoints,
    ended,
    usage: (request = {}) => ask(child, ended, { kind: "usage", request }, "usage"),
    close: async () => {
      await ask(child, ended, { kind: "close" }, "closed");
      await ended;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function ask<Kind extends ChildMessage["kind"]>(
  child: ChildProcess,
  ended: Promise<string>,
  message: ParentMessage,
  kind: Kind,
) {
  const answer = answerOf(child, ended, kind);
  child.send(message, () => {
    // A channel that is closed belongs to a process that ended, which `answerOf` tells with its reason.
  });
  return answer;
}

/** The next message of this kind; rejects when the process says it failed, or ends without one. */
async function answerOf<Kind extends ChildMessage["kind"]>(
  child: ChildProcess,
  ended: Promise<string>,
  kind: Kind,
): Promise<Extract<ChildMessage, { kind: Kind }>> {
  const stop = new AbortController();
  const messages = async () => {
    for (;;) {
      const [message]: [ChildMessage] = (await once(child, "message", { signal: stop.signal })) as [
        ChildMessage,
      ];
      if (message.kind === "failed") throw new Error(message.message);
      if (isKind(message, kind)) return message;
    }
  };
  const end = ended.then((reason) => {
    throw new Error(reason);
  });
  try {
    return await Promise.race([messages(), end]);
  } finally {
    stop.abort();
  }
}

function isKind<Kind extends ChildMessage["kind"]>(
  message: ChildMessage,
  kind: Kind,
): message is Extract<ChildMessage, { kind: Kind }> {
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
