/** Looks at every slide of the deck, filled from a run that has every state in it, in Chromium. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Run, Trial } from "../../bench/result.ts";
import { type Browser, launchChromium } from "../../cli/chromium.ts";
import { buildDeck } from "../../slides/build/build-deck.ts";
import { noErrors } from "../bench/fixtures/one-cell.ts";
import { wholeRun } from "../bench/fixtures/whole-run.ts";
import { faultsSeen } from "../seen/look.ts";
import { openWatched, type WatchedPage } from "../seen/watched-page.ts";

/** What the last row reads, on a slide of 1280 by 720. */
const leastFontSize = 18;
const slideWidth = 1_280;

/**
 * The servers in every state, and the labs without faults: what went wrong in a lab stands below its picture, line by line,
 * and where everything goes wrong it takes the room of a slide. The report has room for it.
 */
function shownRun(): Run {
  const run = wholeRun();
  const labs = run.scenarios.filter(({ arms }) => arms !== undefined).map(({ name }) => name);
  const trials = run.trials.flatMap((trial): Trial[] => {
    const { scenario, outcome } = trial;
    if (!labs.includes(scenario)) return [trial];
    return outcome.state === "completed" ? [{ ...trial, outcome: { ...outcome, errors: noErrors } }] : [];
  });
  return { ...run, trials };
}

let browser: Browser;
let folder: string;
beforeAll(async () => {
  [browser, folder] = await Promise.all([launchChromium(), mkdtemp(join(tmpdir(), "deck-seen-"))]);
  await buildDeck(shownRun(), folder, {});
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
    expect(faults.join("\n")).toBe("");
  });

  it("says nothing in the console, and asks for nothing from elsewhere", () => {
    expect(watched.faults).toEqual([]);
  });
});
