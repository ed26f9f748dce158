/** What is seen of the parts of the deck that can be moved, in one Chromium. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, launchChromium, type Page } from "../../cli/chromium.ts";
import { launchServer } from "../../servers/launch.ts";
import { buildDeck, type LiveAddresses } from "../../slides/build/build-deck.ts";
import { DeckServer } from "../../slides/deck-server.ts";
import { printPdf } from "../../slides/print-pdf.ts";
import { ladderRun } from "./latency/ladder-run.ts";

/** A deck of three slides. */
const sections = `# How long is a wait?

{{ latency }}

Note: (1 min) Move it.

---

# Live

{{ live dashboard }}

Note: (1 min) Call.

---

# The end

Note: (1 min) Go.
`;

let browser: Browser;
let folder: string;
let deckAddress: string;
beforeAll(async () => {
  [browser, folder] = await Promise.all([launchChromium(), mkdtemp(join(tmpdir(), "shown-"))]);
  await mkdir(join(folder, "sections"));
  await writeFile(join(folder, "sections/01-all.md"), sections);
  await build({});
  deckAddress = pathToFileURL(join(folder, "index.html")).href;
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

function build(live: LiveAddresses): Promise<void> {
  return buildDeck(ladderRun(), folder, live, pathToFileURL(join(folder, "sections/")));
}

/** Opens a page, and gathers what should not be: errors, and requests that leave the page's own folder or servers. */
async function open(url: string, mayAsk: RegExp) {
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on("pageerror", ({ message }) => faults.push(message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("request", (request) => {
    if (!mayAsk.test(request.url())) faults.push(request.url());
  });
  await page.goto(url);
  return { page, faults };
}

describe("the slide of latency", () => {
  let page: Page;
  let faults: string[];
  const text = (selector: string) => page.locator(selector).innerText();
  const row = (title: string) => page.locator("tbody tr", { has: page.locator("th", { hasText: title }) });

  beforeAll(async () => {
    ({ page, faults } = await open(deckAddress, /^(?:file|data):/));
    await page.locator(".latency").waitFor();
  });

  it("shows what was measured first, from disk", async () => {
    expect(await text(".latency-year")).toBe("2026");
    expect(await row("memory").innerText()).toMatch(/205 ns\s+measured here: 200–220 ns, n = 6/);
    expect(await row("L3 cache").locator(".latency-mark").isVisible()).toBe(false);
  });

  it("goes through the years by keys, which turn no slide", async () => {
    await page.locator(".latency-slider").focus();
    await page.keyboard.press("Home");
    expect([await text(".latency-year"), await row("memory").getAttribute("data-kind")]).toEqual([
      "1990",
      "published",
    ]);
    for (const _ of [1, 2]) await page.keyboard.press("ArrowRight");
    expect([await text(".latency-year"), await row("memory").getAttribute("data-kind")]).toEqual([
      "1992",
      "between",
    ]);
    expect(await text(".latency-cycle")).toMatch(/between 1990 and 1995$/);
    expect(page.url()).toMatch(/#\/how-long-is-a-wait$/);
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(/#\/live$/);
    await page.keyboard.press("ArrowLeft");
    expect(await text(".latency-year")).toBe("1992");
  });

  it("makes a cycle a second, in words", async () => {
    await page.locator(".latency-slider").fill("2008");
    expect(await row("memory").innerText()).toContain("83 ns");
    await page.locator(".latency-scale").focus();
    await page.keyboard.press("Space");
    const words = await row("memory").innerText();
    expect(words).toContain("4.2 minutes");
    expect(words).not.toContain("83 ns");
    expect(await page.locator(".latency-tick:visible").allInnerTexts()).toContain("1 year");
    await page.locator(".latency-slider").fill("2026");
    expect(await row("across an ocean").innerText()).toContain("7.8 years");
  });

  it("prints both scales of the year that it shows, and complains of nothing", async () => {
    await page.emulateMedia({ media: "print" });
    const words = await row("memory").innerText();
    expect(words).toContain("205 ns");
    expect(words).toContain("10 minutes");
    expect(await page.locator(".latency-slider").isVisible()).toBe(false);
    expect(faults).toEqual([]);
    await page.close();
  });
});

describe("a live page", () => {
  it("is framed by the deck that was named, and by no other page", async () => {
    const [deck, foreign] = await Promise.all([DeckServer.listen(0), DeckServer.listen(0)]);
    const server = await launchServer("ws", { server: { framingOrigins: deck.origins } });
    try {
      const address = `${server.endpoints.http}/`;
      await build({ dashboard: address });
      let calls = 0;
      const placeCall = () => {
        calls += 1;
      };
      for (const each of [deck, foreign]) each.show({ folder, framed: [address], placeCall });
      const { page, faults } = await open(`${deck.address}/#/live`, /^(?:data:|http:\/\/127\.0\.0\.1:)/);
      await page.frameLocator("iframe").locator("html[data-connection=live]").waitFor();
      const answered = page.waitForResponse((response) => response.url().endsWith("/live/call"));
      await page.getByRole("button", { name: "Place a call" }).click();
      expect([(await answered).status(), calls, page.url()]).toEqual([204, 1, `${deck.address}/#/live`]);
      expect(faults).toEqual([]);
      const other = await open(`${foreign.address}/#/live`, /./);
      await expect.poll(() => other.faults.join()).toMatch(/frame-ancestors/);
    } finally {
      await Promise.all([server.close(), deck.close(), foreign.close()]);
    }
  });
});

it("a deck is printed one slide a page, as it is without its server", async () => {
  await build({});
  const file = join(folder, "deep", "deck.pdf");
  expect(await printPdf(browser, folder, file)).toEqual({ slides: 3, pages: 3 });
  expect((await readFile(file)).subarray(0, 5).toString()).toBe("%PDF-");
});
