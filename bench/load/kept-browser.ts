import { setTimeout } from "node:timers/promises";
import { bundledFolder } from "../../cli/project.ts";
import type { BrowserMethods } from "./browser-process.ts";
import { type LoadProcess, startLoadProcess } from "./rpc.ts";

/** How long pages may take to close. */
const closeMs = 2_000;

/**
 * The browser of a run, on the load's core, of which its start takes more than a second: what a whole trial may take. So
 * it is kept from one trial to the next, and each has pages of its own, with nothing kept from those before: other
 * processes, an empty cache.
 */
export class KeptBrowser {
  readonly #core: number | undefined;
  #process: LoadProcess<BrowserMethods> | undefined;

  constructor(core: number | undefined) {
    this.#core = core;
  }

  /** Its process, which is started unless it runs. */
  take(): LoadProcess<BrowserMethods> {
    this.#process ??= this.#start();
    return this.#process;
  }

  /** Closes the pages of a trial. What does not close them in time is ended, and started anew for the next trial. */
  async release(): Promise<void> {
    const closing = this.#process?.call("closePages", undefined).then(
      () => true,
      () => false,
    );
    const closed = await Promise.race([closing, setTimeout(closeMs, false, { ref: false })]);
    if (closed === false) await this.end();
  }

  async end(): Promise<void> {
    await this.#process?.end();
  }

  #start(): LoadProcess<BrowserMethods> {
    const file = new URL("browser-process.js", bundledFolder);
    const started = startLoadProcess<BrowserMethods>(file, "subscribers", this.#core);
    void started.ended.then(() => {
      this.#process = undefined;
    });
    return started;
  }
}
