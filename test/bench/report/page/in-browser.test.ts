import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { drawCharts } from "../../../../bench/charts/index.ts";
import { htmlReport } from "../../../../bench/report/html.ts";
import { readPageScript } from "../../../../bench/report/page-script.ts";
import { type Browser, type BrowserContext, launchChromium, type Page } from "../../../../cli/chromium.ts";
import { runOfLab, verdictsOn } from "../../fixtures/claims.ts";
import { pointedChart } from "../../fixtures/pointed-chart.ts";
import { inventedRun } from "../../fixtures/run.ts";

let browser: Browser;
let folder: string;
/** A report as it lies on a disk, of few charts: each opening of it draws them. */
let address: string;
/** One of all charts that the run has something for. */
let wholeAddress: string;
/** The same with the verdicts of a lab. */
let labAddress: string;

beforeAll(async () => {
  [browser, folder] = await Promise.all([launchChromium(), mkdtemp(join(tmpdir(), "page-"))]);
  const [run, lab, script, pointed] = [
    inventedRun(),
    runOfLab(),
    await readPageScript(),
    await pointedChart(),
  ];
  const charts = [pointed, ...(await drawCharts(run))];
  const keep = async (name: string, page: string) => {
    const file = join(folder, name);
    await writeFile(file, page);
    return pathToFileURL(file).href;
  };
  const page = (shown: typeof charts) => htmlReport({ run, verdicts: [], charts: shown, script });
  address = await keep("report.html", page(charts.slice(0, 3)));
  wholeAddress = await keep("whole.html", page(charts));
  labAddress = await keep(
    "lab.html",
    htmlReport({ run: lab, verdicts: verdictsOn(lab), charts: [], script }),
  );
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

/** What went wrong in the page, and what it asked for beside itself. */
let faults: string[] = [];
let context: BrowserContext | undefined;
afterEach(async () => {
  await context?.close();
  expect(faults).toEqual([]);
});

interface Window {
  readonly width?: number;
  readonly scheme?: "light" | "dark";
  readonly script?: boolean;
}

async function open(at: string, { width = 1280, scheme, script }: Window = {}): Promise<Page> {
  faults = [];
  context = await browser.newContext({
    viewport: { width, height: 720 },
    colorScheme: scheme ?? "light",
    javaScriptEnabled: script ?? true,
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => faults.push(message.text()));
  page.on("request", (request) => {
    const own = request.url().split(/[?#]/)[0];
    if (own !== at.split(/[?#]/)[0] && request.url() !== "data:,") faults.push(request.url());
  });
  await page.goto(at);
  return page;
}

const pointed = "#chart-pointed .chart";
async function comeNear(page: Page): Promise<void> {
  await page.locator(pointed).scrollIntoViewIfNeeded();
  await page.locator(`${pointed} > div > svg`).waitFor();
}
/** Every shape and text of the chart with its colours and its place in it, to the pixel; its ground aside. */
const drawingOf = (page: Page) =>
  page.locator(pointed).evaluate((place) => {
    const outer = place.getBoundingClientRect();
    const shapes = [place, ...place.querySelectorAll("path, text, line")];
    return shapes.flatMap((shape) => {
      const { left, top, width, height } = shape.getBoundingClientRect();
      if (width === 0 && height === 0) return [];
      const box = [left - outer.left, top - outer.top, width, height].map(Math.round);
      const { fill, stroke } = getComputedStyle(shape);
      const paints = [fill, stroke].map((paint) => (paint === "none" ? "rgba(0, 0, 0, 0)" : paint));
      const text = shape instanceof SVGTextElement ? shape.textContent : "";
      return `${shape.localName} ${text} ${box.join(" ")} ${paints.join(" ")}`;
    });
  });
const rows = (page: Page, table: string) =>
  page.locator(`#${table} tbody tr`).evaluateAll((all) => all.filter((row) => row.checkVisibility()).length);

describe("a chart", () => {
  it.each(["light", "dark"] as const)(
    "becomes live where it is come near to, and looks as before: %s",
    async (scheme) => {
      const picture = await drawingOf(await open(address, { scheme, script: false }));
      expect(picture.length).toBeGreaterThan(10);
      await context?.close();
      const page = await open(address, { scheme });
      await comeNear(page);
      expect(await drawingOf(page)).toEqual(picture);
      const grounds = await page.locator(pointed).evaluate((place) => {
        const live = place.querySelector("svg") ?? place;
        return [place, live].map((part) => getComputedStyle(part).backgroundColor);
      });
      expect(grounds).toEqual([
        scheme === "light" ? "rgb(255, 255, 255)" : "rgb(20, 24, 29)",
        "rgba(0, 0, 0, 0)",
      ]);
    },
  );

  it("tells a figure to a pointer that comes near a dot, and nothing to one that goes", async () => {
    const page = await open(address);
    await comeNear(page);
    const dot = page.locator(`${pointed} .mark-symbol path`).first();
    const box = await dot.boundingBox();
    if (box === null) throw new Error("expected a dot that can be seen, got none");
    await page.mouse.move(box.x + box.width + 6, box.y + box.height / 2);
    await page.locator(".tells").waitFor({ timeout: 5_000 });
    expect(await page.locator(".tells").innerText()).toMatch(/server\s+ws\s+p50, ms\s+1\.5/);
    await page.mouse.move(box.x, box.y + 200);
    expect(await page.locator(".tells").isVisible()).toBe(false);
  });

  it("tells its figures one by one to the arrow keys, aloud and with a ring", async () => {
    const page = await open(address);
    await comeNear(page);
    await page.locator(pointed).focus();
    const told = () => page.locator("p.unseen[role=status]").last().textContent();
    await page.keyboard.press("ArrowRight");
    expect(await told()).toBe("server: ws; p50, ms: 1.5");
    await page.keyboard.press("End");
    expect(await told()).toBe("server: cgi; p50, ms: 480");
    await page.keyboard.press("ArrowLeft");
    expect(await told()).toBe("server: comet; p50, ms: 12");
    expect(await page.locator(".ring").isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await page.locator(".tells").isVisible()).toBe(false);
    expect(await page.locator(".ring").isVisible()).toBe(false);
  });

  it("tells the arrow keys of the servers that are looked at alone", async () => {
    const page = await open(`${address}?servers=comet`);
    await comeNear(page);
    await page.locator(pointed).focus();
    for (const key of ["ArrowRight", "End"]) {
      await page.keyboard.press(key);
      expect(await page.locator("p.unseen[role=status]").last().textContent()).toBe(
        "server: comet; p50, ms: 12",
      );
    }
  });

  it("is a picture without a script, and nothing is offered that only a script could do", async () => {
    const page = await open(address, { script: false });
    expect(await page.locator(`${pointed} > svg`).isVisible()).toBe(true);
    expect(await page.locator("#filter").isVisible()).toBe(false);
  });
});

describe("the filter of servers", () => {
  it("hides rows, fades marks, says so, and is in the address", async () => {
    const page = await open(address);
    const all = await rows(page, "table-servers");
    await page.locator("#filter summary").click();
    await page.getByLabel("ws", { exact: true }).focus();
    await page.keyboard.press("Space");
    await page.getByLabel("comet", { exact: true }).check();
    expect(await rows(page, "table-servers")).toBe(2);
    expect(await page.locator("#table-servers .rows-shown").textContent()).toBe(
      `(2 of ${all} rows: see the filter)`,
    );
    expect(await page.locator("#filter [role=status]").textContent()).toContain("Only comet, ws:");
    expect(new URL(page.url()).search).toBe("?servers=comet,ws");
    await expect.poll(() => page.locator(`${pointed} path[opacity="0.12"]`).count()).toBe(1);
    await page.getByRole("button", { name: "Show all" }).click();
    expect(await rows(page, "table-servers")).toBe(all);
    expect(page.url()).toBe(address);
    await expect.poll(() => page.locator(`${pointed} path[opacity="0.12"]`).count()).toBe(0);
  });

  it("is as the address has it, and stays when the reader goes elsewhere in the page", async () => {
    const page = await open(`${address}?servers=ws#limits`);
    expect(await rows(page, "table-servers")).toBe(1);
    await page.locator('nav a[href="#servers"]').click();
    expect(new URL(page.url())).toMatchObject({ search: "?servers=ws", hash: "#servers" });
    await expect.poll(() => page.locator(`${pointed} path[opacity="0.12"]`).count()).toBe(2);
  });
});

describe("the page", () => {
  it("unfolds what its address leads to", async () => {
    const page = await open(`${address}#figures-pointed`);
    expect(await page.locator("#figures-pointed").isVisible()).toBe(true);
  });

  it("marks in the contents where the reader is", async () => {
    const page = await open(`${labAddress}#claim-nothing-lost`);
    const here = page.locator("nav [aria-current]");
    await expect.poll(() => here.getAttribute("href")).toBe("#claim-nothing-lost");
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await expect.poll(() => here.getAttribute("href")).toMatch(/#(?:data|options|environment)/);
  });

  it.each([390, 1280, 1920])("is never wider than a window of %i", async (width) => {
    for (const at of [wholeAddress, labAddress]) {
      const page = await open(at, { width });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await context?.close();
    }
  });

  it("makes every chart live that can be, without a fault", async () => {
    const page = await open(`${wholeAddress}?servers=ws`);
    const lively = page.locator('figure:has(script[type="application/gzip"])');
    await expect
      .poll(() => lively.locator(".chart > div > svg").count(), { timeout: 10_000 })
      .toBe(await lively.count());
  });
});
