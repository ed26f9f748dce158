/** Every slide of the deck of a run, looked at one after the other. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Run } from "../../bench/result.ts";
import type { Browser, Page } from "../../cli/chromium.ts";
import { buildDeck } from "../../slides/build/build-deck.ts";
import { faultsSeen } from "./look.ts";
import { openWatched } from "./watched-page.ts";

/** The last row has to read it: in pixels of a slide of 1280 by 720, and as many times more on a larger screen. */
const least = { ofText: 18, inPictures: 10 } as const;

/** What reveal.js offers to scripts, as far as it is used here. */
declare const Reveal: {
  isReady(): boolean;
  getTotalSlides(): number;
  slide(column: number): void;
  getCurrentSlide(): { readonly id: string };
};

/** Shows each slide with all that comes up in it step by step, and gives its address. */
async function* slidesOf(page: Page): AsyncGenerator<string> {
  await page.waitForFunction(() => typeof Reveal !== "undefined" && Reveal.isReady());
  await page.addStyleTag({
    content: `* { transition: none !important; animation: none !important }
      .reveal .fragment { opacity: 1 !important; visibility: inherit !important }`,
  });
  const count = await page.evaluate(() => Reveal.getTotalSlides());
  for (let index = 0; index < count; index++) {
    yield await page.evaluate((column) => {
      Reveal.slide(column);
      return Reveal.getCurrentSlide().id;
    }, index);
  }
}

const screens = [
  { width: 1_280, height: 720, colorScheme: "light" },
  { width: 1_920, height: 1_080, colorScheme: "dark" },
] as const;

export function deckTests(run: Run, browser: () => Browser): void {
  describe("the deck in Chromium", () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "deck-"));
      await buildDeck(run, folder, {});
    });
    afterAll(() => rm(folder, { recursive: true }));

    test.each(screens)("at $width × $height, $colorScheme: all of it can be read, and it asks for nothing", async (screen) => {
      const { page, faults, close } = await openWatched(browser(), screen);
      try {
        await page.emulateMedia({ colorScheme: screen.colorScheme });
        await page.goto(pathToFileURL(join(folder, "index.html")).href, { waitUntil: "load" });
        const scale = screen.width / 1_280;
        const asked = {
          ...{ leastFontSize: least.ofText * scale, leastInPictures: least.inPictures * scale },
          fitsWindow: true,
        };
        const seen: string[] = [];
        for await (const slide of slidesOf(page))
          seen.push(...(await faultsSeen(page, asked)).map((fault) => `${slide}: ${fault}`));
        expect(seen).toEqual([]);
        expect(faults).toEqual([]);
      } finally {
        await close();
      }
    });
  });
}
