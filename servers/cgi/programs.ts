import { type ChildProcess, spawn } from "node:child_process";
import { buffer } from "node:stream/consumers";
import { errorAnswer, type HttpAnswer } from "../service/http-answer.ts";
import { readCgiResponse } from "./response.ts";

/** How long a program may take before it is ended. */
const programTimeoutMs = 30_000;

export interface ProgramRequest {
  readonly environment: Record<string, string>;
  readonly body: Buffer;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
}

/** Starts a program per request, not more than so many at once; further requests wait, up to a limit. */
export class Programs {
  readonly #file: string;
  readonly #atOnce: number;
  readonly #queueLength: number;
  readonly #waiting: (() => void)[] = [];
  readonly #running = new Set<ChildProcess>();
  #busy = 0;

  constructor(file: string, atOnce: number, queueLength: number) {
    this.#file = file;
    this.#atOnce = atOnce;
    this.#queueLength = queueLength;
  }

  get queued(): number {
    return this.#waiting.length;
  }

  async answer(request: ProgramRequest): Promise<HttpAnswer> {
    if (this.#busy >= this.#atOnce) {
      if (this.#waiting.length >= this.#queueLength) {
        const error = `expected at most ${this.#atOnce} programs and ${this.#queueLength} requests waiting`;
        return errorAnswer(503, `${error}; try again later`, { "Retry-After": "1" });
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#busy++;
    }
    try {
      return await this.#run(request);
    } finally {
      // The place goes to whoever has waited longest, before anyone else can ask for it.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy--;
    }
  }

  killAll(): void {
    for (const child of this.#running) child.kill("SIGKILL");
  }

  async #run({ environment, body, signal }: ProgramRequest): Promise<HttpAnswer> {
    const child = spawn(process.execPath, [this.#file], {
      env: environment,
      stdio: ["pipe", "pipe", "inherit"],
      timeout: programTimeoutMs,
      killSignal: "SIGKILL",
      signal,
    });
    this.#running.add(child);
    const ended = new Promise<string>((resolve) => {
      child.on("error", (error) => resolve(error.message));
      child.on("close", (code, endSignal) =>
        resolve(code === 0 ? "" : `it ended with ${endSignal ?? `code ${code}`}`),
      );
    });
    void ended.then(() => this.#running.delete(child));
    // It did not start: out of file descriptors, most likely, and then there are no pipes to it either.
    if (child.pid === undefined) {
      const error = `expected a program to start, but ${await ended}; try again later`;
      return errorAnswer(503, error, { "Retry-After": "1" });
    }
    // A program that ends without reading its input breaks the pipe; how it ended says more.
    child.stdin.on("error", () => {});
    child.stdin.end(body);
    const output = await buffer(child.stdout);
    const failure = await ended;
    if (failure === "") return readCgiResponse(output);
    return errorAnswer(502, `expected the program to answer, but ${failure}`);
  }
}
