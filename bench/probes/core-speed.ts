import type { Cores } from "../environment/cores.ts";
import { type LoadProcess, startLoadProcess } from "../load/rpc.ts";
import type { CoreSpeed } from "../result.ts";
import type { CoreSpeedMethods } from "./core-speed-process.ts";

/**
 * Reads how fast the cores of server and load are just now. A virtual machine's neighbours can slow it down
 * severalfold within the hour, and nothing else in a result would tell that from a slow server.
 */
export class CoreSpeedMeter {
  readonly #server: LoadProcess<CoreSpeedMethods>;
  readonly #load: LoadProcess<CoreSpeedMethods>;

  constructor(cores: Cores) {
    const start = (core: number | undefined) =>
      startLoadProcess<CoreSpeedMethods>(
        new URL("./core-speed-process.js", import.meta.url),
        "core-speed",
        core,
      );
    this.#server = start(cores.server);
    this.#load = start(cores.load);
  }

  /** In turns of a fixed loop per microsecond; one core after the other, so that neither disturbs the other. */
  async read(): Promise<CoreSpeed> {
    const server = await this.#server.call("measure", undefined);
    const load = await this.#load.call("measure", undefined);
    return { server, load };
  }

  async kill(): Promise<void> {
    await Promise.all([this.#server.kill(), this.#load.kill()]);
  }
}
