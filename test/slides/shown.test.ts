/** What is seen of the parts of the deck that can be moved, in one Chromium. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, launchChromium, type Page } from "../../cli/chromium.ts";
import { projectFolder } from "../../cli/project.ts";
import { launchServer } from "../../servers/launch.ts";
import { DeckServer } from "../../slides/deck-server.ts";
import { latencySlide } from "../../slides/latency/slide.ts";
import { liveEmbed } from "../../slides/live/embed.ts";
import { printPdf } from "../../slides/print-pdf.ts";
import { ladderRun } from "./latency/ladder-run.ts";

let browser: Browser;
let folder: string;
beforeAll(async () => {
  [browser, folder] = await Promise.all([launchChromium(), mkdtemp(join(tmpdir(), "shown-"))]);
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

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
    const own = (name: string) => readFile(new URL(`slides/latency/${name}`, projectFolder), "utf8");
    // A deck that turns its slides by arrows, wherever the keys are pressed.
    const deck = "document.addEventListener('keydown', ({ key }) => { document.title += key; });";
    const html = `<!doctype html><meta charset="utf-8"><title></title><style>${await own("latency.css")}</style>
      ${latencySlide(ladderRun())}<script>${deck}</script><script>${await own("latency.js")}</script>`;
    const file = join(folder, "latency.html");
    await writeFile(file, html);
    ({ page, faults } = await open(pathToFileURL(file).href, /^file:/));
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
    expect(await page.title()).toBe("");
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowRight");
    expect([await page.title(), await text(".latency-year")]).toEqual(["ArrowRight", "1992"]);
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
      const html = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${liveEmbed("dashboard", address).text.replace("data-src", "src")}`;
      await writeFile(join(folder, "index.html"), html);
      let calls = 0;
      const placeCall = () => {
        calls += 1;
      };
      for (const each of [deck, foreign]) each.show({ folder, framed: [address], placeCall });
      const { page, faults } = await open(deck.address, /^(?:data|http:\/\/127\.0\.0\.1):/);
      await page.frameLocator("iframe").locator("html[data-connection=live]").waitFor();
      const answered = page.waitForResponse((response) => response.url().endsWith("/live/call"));
      await page.getByRole("button", { name: "Place a call" }).click();
      expect([(await answered).status(), calls, page.url()]).toEqual([204, 1, `${deck.address}/`]);
      expect(faults).toEqual([]);
      const other = await open(foreign.address, /./);
      await expect.poll(() => other.faults.join()).toMatch(/frame-ancestors/);
    } finally {
      await Promise.all([server.close(), deck.close(), foreign.close()]);
    }
  });
});

it("a deck is printed one slide a page", async () => {
  const html = `<!doctype html><style>@page { size: 400px 300px; margin: 0 } body { margin: 0 } .pdf-page + .pdf-page { break-before: page }</style>
    <div class="reveal"><div class="slides">${"<div class='pdf-page'><section>slide</section></div>".repeat(3)}</div></div>`;
  await writeFile(join(folder, "index.html"), html);
  const file = join(folder, "deep", "deck.pdf");
  expect(await printPdf(browser, folder, file)).toEqual({ slides: 3, pages: 3 });
  expect((await readFile(file)).subarray(0, 5).toString()).toBe("%PDF-");
});
