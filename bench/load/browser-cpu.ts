import { setTimeout } from "node:timers/promises";
import type { Browser } from "../../cli/chromium.ts";
import { nowMs } from "./clock.ts";
import { sumOf } from "./counts.ts";

/** Less than this of a core, over so long, and the browser does nothing more of its own. */
const quiet = { share: 0.2, forMs: 100 };

/**
 * Waits until the browser is quiet, at most `timeoutMs`: for a second after a page was opened it starts processes for
 * later, which would be in what is measured.
 */
export async function untilQuiet(browser: Browser, timeoutMs: number): Promise<void> {
  const endMs = nowMs() + timeoutMs;
  let share = 1;
  while (share > quiet.share && nowMs() < endMs) {
    const utilisation = await countBrowserUtilisation(browser);
    await setTimeout(quiet.forMs);
    share = await utilisation();
  }
}

/**
 * CPU over wall time of this process and of all processes of the browser together, from now until what this gives is
 * called. The browser tells its own in ticks of 10 ms a process, on every system.
 * Source: Chrome DevTools Protocol, SystemInfo.getProcessInfo.
 */
export async function countBrowserUtilisation(browser: Browser): Promise<() => Promise<number>> {
  const devTools = await browser.newBrowserCDPSession();
  const read = async () => {
    const { processInfo } = await devTools.send("SystemInfo.getProcessInfo");
    return new Map(processInfo.map(({ id, cpuTime }) => [id, cpuTime * 1_000]));
  };
  const before = await read();
  const startMs = nowMs();
  const cpu = process.cpuUsage();
  return async () => {
    const { user, system } = process.cpuUsage(cpu);
    const wallMs = nowMs() - startMs;
    const browserMs = [...(await read())].map(([id, cpuMs]) => cpuMs - (before.get(id) ?? 0));
    await devTools.detach();
    return ((user + system) / 1_000 + sumOf(browserMs)) / wallMs;
  };
}
