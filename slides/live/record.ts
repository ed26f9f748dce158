/** Records what the live pages look like, for a deck that nothing is served to. */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "../../cli/chromium.ts";
import type { RunningDemo } from "../../demo/start-demo.ts";
import { type LiveName, pictureSize, picturesFolder, type Recorded } from "./embed.ts";

/** So many calls stand on a picture. */
const calls = 3;

/** How long a page may take to show what has happened. */
const shownMs = 20_000;

/** Writes one picture of each live page, of a demo that compares and whose calls are placed: the files. */
export async function recordPictures(
  browser: Browser,
  { session, servers }: RunningDemo,
  folder: URL = picturesFolder,
): Promise<readonly string[]> {
  const [{ endpoints }] = servers;
  const context = await browser.newContext({ viewport: pictureSize, colorScheme: "light" });
  try {
    const open = async (path: string) => {
      const page = await context.newPage();
      await page.goto(`${endpoints.http}${path}`);
      return page;
    };
    const [dashboard, compare] = [await open("/"), await open("/compare")];
    await until(dashboard, "document.documentElement.dataset.connection === 'live'");
    await until(
      compare,
      `document.querySelectorAll("#columns [data-connection=live]").length === ${servers.length}`,
    );
    if (!(await session.seeCalls(calls))) throw new Error("expected every step of the calls, got not all");
    await mkdir(folder, { recursive: true });
    // The newest call with its recording, ready to be played.
    await dashboard.bringToFront();
    await dashboard.waitForSelector("audio", { state: "attached", timeout: shownMs });
    const files = [await take(dashboard, "dashboard", folder)];
    await compare.bringToFront();
    // Every transport has brought all of them.
    await until(
      compare,
      `(counts => counts.size === 1 && !counts.has("0"))(new Set(Array.from(
        document.querySelectorAll("#columns [data-field=count]"), ({ textContent }) => textContent)))`,
    );
    files.push(await take(compare, "compare", folder));
    const recorded: Recorded = { on: new Date().toISOString().slice(0, 10) };
    await writeFile(new URL("recorded.json", folder), `${JSON.stringify(recorded)}\n`);
    return files;
  } finally {
    await context.close();
  }
}

/** Waits for what a page's own script is to say. */
async function until(page: Page, holds: string): Promise<void> {
  await page.waitForFunction(holds, undefined, { timeout: shownMs });
}

async function take(page: Page, name: LiveName, folder: URL): Promise<string> {
  const path = fileURLToPath(new URL(`${name}.png`, folder));
  await page.screenshot({ path });
  return path;
}
