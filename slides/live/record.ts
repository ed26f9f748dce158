/** Records what the live pages look like, for a deck that nothing is served to. */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "../../cli/chromium.ts";
import type { RunningDemo } from "../../demo/start-demo.ts";
import { aboutPath } from "../../servers/service/answer.ts";
import { type LiveName, pictureSize, picturesFolder, type Recorded } from "./embed.ts";

/** So many calls stand on a picture. */
const calls = 3;

/** What stands in the place of a bar until it has come. */
const notYet = "…";

/** How long a page may take to show what has happened. */
const shown = { state: "attached", timeout: 20_000 } as const;

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
    await dashboard.locator("html[data-connection=live]").waitFor(shown);
    await compare
      .locator("#columns [data-connection=live]")
      .nth(servers.length - 1)
      .waitFor(shown);
    if (!(await session.seeCalls(calls))) throw new Error("expected every step of the calls, got not all");
    await mkdir(folder, { recursive: true });
    // The newest call with its recording, ready to be played.
    await dashboard.bringToFront();
    await dashboard.locator("audio").first().waitFor(shown);
    const files = [await take(dashboard, "dashboard", folder)];
    await compare.bringToFront();
    // Every transport has brought the last of them.
    const last = await lastEvent(endpoints.http);
    await compare
      .locator(`#columns [data-event="${last}"]`)
      .nth(servers.length - 1)
      .waitFor(shown);
    await compare.locator("#latest", { hasNotText: notYet }).waitFor(shown);
    // From the bars down to the figures of each server.
    await compare.locator("#latest").evaluate((bars: Scrolled) => bars.scrollIntoView());
    files.push(await take(compare, "compare", folder));
    const recorded: Recorded = { on: new Date().toISOString().slice(0, 10) };
    await writeFile(new URL("recorded.json", folder), `${JSON.stringify(recorded, null, 2)}\n`);
    return files;
  } finally {
    await context.close();
  }
}

/** What is needed of an element of the page. */
interface Scrolled {
  scrollIntoView(): void;
}

/** Its number; the servers get the same webhooks in the same order. */
async function lastEvent(server: string): Promise<number> {
  const answer = await fetch(`${server}${aboutPath}`);
  const { last }: { last: number } = JSON.parse(await answer.text());
  return last;
}

async function take(page: Page, name: LiveName, folder: URL): Promise<string> {
  const path = fileURLToPath(new URL(`${name}.png`, folder));
  await page.screenshot({ path });
  return path;
}
