import { setTimeout as wait } from "node:timers/promises";
import { CannotRun } from "../cli/command.ts";
import type { Endpoints, ServerOptions } from "../servers/contract.ts";
import type { ServerName } from "../servers/index.ts";
import { type LaunchedServer, launchServer } from "../servers/launch.ts";
import { startAdvice } from "../servers/start-advice.ts";
import { portIn } from "./hosts.ts";

/** A server in a process of its own that can be killed and started again where it was. */
export class ServerProcess {
  readonly name: ServerName;
  /** Rejects when the process ends without having been told to. */
  readonly died: Promise<never>;
  readonly #options: Partial<ServerOptions>;
  readonly #signal: AbortSignal;
  /** Once chosen, kept over every start. */
  #endpoints: Endpoints | undefined;
  #launched: LaunchedServer | undefined;
  #starting: Promise<void> | undefined;
  #reject: (reason: Error) => void = () => {};

  /** `signal` ends the process at once, however far it has come. */
  constructor(name: ServerName, options: Partial<ServerOptions>, signal: AbortSignal) {
    this.name = name;
    this.#options = options;
    this.#signal = signal;
    this.died = new Promise((_resolve, reject) => {
      this.#reject = reject;
    });
    // Whoever waits for it hears of it; that nobody does is no failure.
    this.died.catch(() => {});
  }

  /** Where it is reached from this machine. */
  get endpoints(): Endpoints {
    if (!this.#endpoints) throw new Error(`expected server ${this.name} to have been started, got none yet`);
    const { http, tcp } = this.#endpoints;
    const fromHere = (address: string) =>
      address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
    return tcp === undefined ? { http: fromHere(http) } : { http: fromHere(http), tcp: fromHere(tcp) };
  }

  start(): Promise<void> {
    this.#starting = this.#start();
    return this.#starting;
  }

  async #start(): Promise<void> {
    this.#signal.throwIfAborted();
    const server = { ...this.#options, ...this.#ports() };
    const launched = await launchServer(this.name, { server, signal: this.#signal }).catch(
      (cause: unknown) => {
        const [line = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n", 1);
        const got = line.replace(/^Error: /, "");
        throw new CannotRun(
          { expected: `to start server ${this.name}`, got, next: startAdvice(got) },
          { cause },
        );
      },
    );
    this.#launched = launched;
    this.#endpoints = launched.endpoints;
    void launched.ended.then((got) => {
      if (this.#launched !== launched) return;
      this.#launched = undefined;
      const next = `look at what it said; npm run serve -- ${this.name} runs it alone`;
      this.#reject(new CannotRun({ expected: `server ${this.name} to run until told to stop`, got, next }));
    });
  }

  /** Ends the process as a power cut would. */
  async kill(): Promise<void> {
    const launched = this.#launched;
    this.#launched = undefined;
    await launched?.kill();
  }

  /**
   * Kills it, and starts it again `deadMs` later: how long nobody answered, in milliseconds.
   */
  async restart(deadMs = 0): Promise<number> {
    const began = performance.now();
    await this.kill();
    await wait(deadMs, undefined, { signal: this.#signal });
    await this.start();
    return performance.now() - began;
  }

  /** Also one that is still starting. */
  async close(): Promise<void> {
    // Whoever started it hears of a failure.
    await Promise.allSettled([this.#starting]);
    const launched = this.#launched;
    this.#launched = undefined;
    // One that is ended at once cannot be asked to close.
    if (this.#signal.aborted) await launched?.ended;
    else await launched?.close();
  }

  #ports(): Partial<ServerOptions> {
    if (!this.#endpoints) return {};
    const { http, tcp } = this.#endpoints;
    return { port: portIn(http), ...(tcp === undefined ? {} : { tcpPort: portIn(tcp) }) };
  }
}
