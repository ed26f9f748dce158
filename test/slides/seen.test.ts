/** Looks at every slide of the deck, filled from a run that has every state in it, in Chromium. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, launchChromium } from "../../cli/chromium.ts";
import { buildDeck } from "../../slides/build/build-deck.ts";
import { wholeRun } from "../bench/fixtures/whole-run.ts";
import { faultsSeen } from "../seen/look.ts";
import { openWatched, type WatchedPage } from "../seen/watched-page.ts";

/** What the last row reads, on a slide of 1280 by 720. */
const leastFontSize = 18;
const slideWidth = 1_280;

let browser: Browser;
let folder: string;
beforeAll(async () => {
  [browser, folder] = await Promise.all([launchChromium(), mkdtemp(join(tmpdir(), "deck-seen-"))]);
  await buildDeck(wholeRun(), folder, {});
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

describe.each([
  { width: 1_280, height: 720 },
  { width: 1_920, height: 1_080 },
])("at $width by $height", ({ width, height }) => {
  let watched: WatchedPage;
  beforeAll(async () => {
    watched = await openWatched(browser, { width, height });
    await watched.page.goto(pathToFileURL(join(folder, "index.html")).href);
    await watched.page.waitForFunction("Reveal.isReady()");
  });
  afterAll(() => watched.close());

  it("no slide has text that is cut, covered, too small or over another", async () => {
    const { page } = watched;
    const asked = { leastFontSize: (leastFontSize * width) / slideWidth - 0.1, fitsWindow: true };
    const faults: string[] = [];
    for (let slide = 0; slide < (await page.evaluate<number>("Reveal.getTotalSlides()")); slide += 1) {
      await page.evaluate(`Reveal.slide(${slide})`);
      await page.evaluate(
        "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))",
      );
      const name = await page.evaluate<string>("Reveal.getCurrentSlide().id");
      faults.push(...(await faultsSeen(page, asked)).map((fault) => `${name}: ${fault}`));
    }
    expect(faults).toEqual([]);
  });

  it("says nothing in the console, and asks for nothing from elsewhere", () => {
    expect(watched.faults).toEqual([]);
  });
});
