import { setTimeout } from "node:timers/promises";
import type { Browser, CDPSession } from "../../cli/chromium.ts";
import { nowMs } from "./clock.ts";
import { sumOf } from "./counts.ts";

/** Less than this of a core, over so long, and the browser does nothing more of its own. */
const quiet = { share: 0.2, forMs: 100 };

/** What the processes of a browser take of the core that they share with this one. */
export class BrowserCpu {
  readonly #devTools: CDPSession;

  private constructor(devTools: CDPSession) {
    this.#devTools = devTools;
  }

  static async of(browser: Browser): Promise<BrowserCpu> {
    return new BrowserCpu(await browser.newBrowserCDPSession());
  }

  /**
   * CPU over wall time of this process and of all processes of the browser together, from now until what this gives is
   * called. What a process took that ends in between is not in it: while a page is measured, none of its own does.
   */
  async countUtilisation(): Promise<() => Promise<number>> {
    const before = await this.#read();
    const startMs = nowMs();
    const cpu = process.cpuUsage();
    return async () => {
      const { user, system } = process.cpuUsage(cpu);
      const wallMs = nowMs() - startMs;
      const browserMs = [...(await this.#read())].map(([id, cpuMs]) => cpuMs - (before.get(id) ?? 0));
      return ((user + system) / 1_000 + sumOf(browserMs)) / wallMs;
    };
  }

  /**
   * Waits until the browser is quiet, at most `timeoutMs`: for a second after a page was opened it starts processes for
   * later, which would be in what is measured.
   */
  async untilQuiet(timeoutMs: number): Promise<void> {
    const endMs = nowMs() + timeoutMs;
    let share = 1;
    while (share > quiet.share && nowMs() < endMs) {
      const utilisation = await this.countUtilisation();
      await setTimeout(quiet.forMs);
      share = await utilisation();
    }
  }

  /**
   * CPU time so far of each process of the browser, by its id. It is told in ticks of 10 ms, on every system.
   * Source: Chrome DevTools Protocol, SystemInfo.getProcessInfo.
   */
  async #read(): Promise<ReadonlyMap<number, number>> {
    const { processInfo } = await this.#devTools.send("SystemInfo.getProcessInfo");
    return new Map(processInfo.map(({ id, cpuTime }) => [id, cpuTime * 1_000]));
  }
}
