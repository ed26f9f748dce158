import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a load process can be asked to do: each method takes one argument and answers once. */
export type Methods = Readonly<Record<string, (argument: never) => unknown>>;

type Argument<M extends Methods, Name extends keyof M> = Parameters<M[Name]>[0];
type Answer<M extends Methods, Name extends keyof M> = Awaited<ReturnType<M[Name]>>;

interface Call {
  readonly call: number;
  readonly method: string;
  readonly argument: unknown;
}

interface Reply {
  readonly call: number;
  readonly value?: unknown;
  readonly error?: string;
}

/**
 * In a load process: answers the calls of its parent until the parent is gone or says goodbye. It ends when `ending` has
 * resolved then: where it has something to leave in order.
 */
export function serve(methods: Methods, ending: () => Promise<void> = async () => {}): void {
  const end = () => void ending().then(() => process.exit(0));
  process.on("message", async ({ call, method, argument }: Call) => {
    const reply = await answer(methods, method, argument).then(
      (value): Reply => ({ call, value }),
      (error: unknown): Reply => ({ call, error: error instanceof Error ? error.message : String(error) }),
    );
    if (process.connected) process.send?.(reply);
  });
  process.on("disconnect", end);
  // The parent may be gone before this is heard of.
  if (!process.connected) end();
  // Ctrl-C reaches the whole group of processes; the parent decides when this one stops.
  process.on("SIGINT", () => {});
}

async function answer(methods: Methods, name: string, argument: unknown): Promise<unknown> {
  const method = methods[name];
  if (method === undefined)
    throw new Error(`expected one of ${Object.keys(methods).join(", ")}, got ${name}`);
  return method(argument as never);
}

/** A load process, as its parent sees it. */
export interface LoadProcess<M extends Methods> {
  /** Undefined when it could not be started. */
  readonly pid: number | undefined;
  /** Resolves with a sentence when the process has ended, however it did. */
  readonly ended: Promise<string>;
  call<Name extends keyof M & string>(name: Name, argument: Argument<M, Name>): Promise<Answer<M, Name>>;
  kill(): Promise<void>;
  /** Lets it end by itself, with what it has started; by force when it does not. */
  end(): Promise<void>;
}

/** How long a process may take to end by itself. */
const endMs = 5_000;

/**
 * Starts the compiled module `url` as a load process on the given core. Calls reject with a sentence when the
 * process fails or ends.
 */
export function startLoadProcess<M extends Methods>(
  url: URL,
  name: string,
  core: number | undefined,
  nodeOptions: readonly string[] = [],
): LoadProcess<M> {
  const node = [process.execPath, ...nodeOptions, fileURLToPath(url)];
  const [command = "", ...args] = core === undefined ? node : ["taskset", "-c", String(core), ...node];
  const child: ChildProcess = spawn(command, args, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let calls = 0;
  let end: string | undefined;
  const ended = new Promise<string>((resolve) => {
    const finish = (reason: string) => {
      end ??= reason;
      for (const { reject } of waiting.values()) reject(new Error(end));
      waiting.clear();
      resolve(end);
    };
    child.on("error", (error) => finish(`the ${name} process could not be started: ${error.message}`));
    child.on("exit", (code, signal) => finish(`the ${name} process ended with ${signal ?? `code ${code}`}`));
  });
  child.on("message", ({ call, value, error }: Reply) => {
    const waiter = waiting.get(call);
    waiting.delete(call);
    if (error === undefined) waiter?.resolve(value);
    else waiter?.reject(new Error(`the ${name} process failed: ${error}`));
  });
  return {
    pid: child.pid,
    ended,
    call: (method, argument) =>
      new Promise((resolve, reject) => {
        if (end !== undefined) return reject(new Error(end));
        calls++;
        waiting.set(calls, { resolve: resolve as (value: unknown) => void, reject });
        // A send that fails belongs to a process that ended, and its end rejects all that wait.
        return child.send({ call: calls, method, argument } satisfies Call, () => {});
      }),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
    end: async () => {
      if (child.connected) child.disconnect();
      const force = setTimeout(() => child.kill("SIGKILL"), endMs);
      await ended;
      clearTimeout(force);
    },
  };
}
