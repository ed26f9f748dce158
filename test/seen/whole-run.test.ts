/** What comes of a run that has every state in it: charts and report, looked at in one Chromium. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { DrawnChart } from "../../bench/charts/chart.ts";
import { charts, drawCharts } from "../../bench/charts/index.ts";
import { verdictsOf } from "../../bench/claims/index.ts";
import { type Cell, cellsOf } from "../../bench/report/cells.ts";
import { writeReport } from "../../bench/report/write.ts";
import { type Browser, launchChromium } from "../../cli/chromium.ts";
import { wholeRun } from "../bench/fixtures/whole-run.ts";
import { chartTests } from "./chart-tests.ts";
import { faultsSeen } from "./look.ts";
import { lookTests } from "./look-tests.ts";
import { openWatched, type WatchedPage } from "./watched-page.ts";

const run = wholeRun();
const sizes = [
  { width: 1_280, height: 720 },
  { width: 1_920, height: 1_080 },
] as const;
const names = Object.keys(charts);

/** In pixels, of a chart as large as it is; the report scales one down that is a little wider than its column. */
const [leastFontSize, mostScaling] = [10, 0.95];

let folder: string;
let drawn: ReadonlyMap<string, DrawnChart>;
let browser: Browser;

beforeAll(async () => {
  [folder, browser] = await Promise.all([mkdtemp(join(tmpdir(), "whole-run-")), launchChromium()]);
  await writeReport(run, verdictsOf(run), folder);
  // Vega and Vega-Lite tell of specs that they had to mend.
  const warn = vi.spyOn(console, "warn");
  drawn = new Map((await drawCharts(run)).map((chart) => [chart.name, chart]));
  expect(warn).not.toHaveBeenCalled();
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

function chartNamed(name: string): DrawnChart {
  const chart = drawn.get(name);
  if (chart === undefined) throw new Error(`expected ${name} to be drawn of the whole run, got nothing`);
  return chart;
}

describe("the whole run", () => {
  test("has every state in it, and every figure of its columns", () => {
    const cells = run.scenarios.flatMap(({ name }) => cellsOf(run, name));
    const states = new Set(cells.map(({ state }) => state));
    expect([...states].sort()).toEqual(["completed", "exempt", "failed", "not run"]);
    for (const is of [
      (cell: Cell) => cell.generatorBound,
      (cell: Cell) => cell.clampedBecause !== undefined,
      (cell: Cell) => cell.onlyBusyPercent !== undefined,
      (cell: Cell) => cell.errors.missing > 0,
      (cell: Cell) => cell.state === "completed" && cell.failures.length > 0,
      (cell: Cell) => cell.sending.late > 0,
    ])
      expect(cells.some(is)).toBe(true);
    for (const { name, columns, costs } of run.scenarios) {
      const figures = new Set(cellsOf(run, name).flatMap((cell) => Object.keys(cell.figures)));
      for (const { figure } of [...columns, ...costs]) expect(figures, name).toContain(figure);
    }
  });

  test("is the same each time", () => {
    expect(wholeRun()).toEqual(run);
  });

  test("has something for every chart", () => {
    expect([...drawn.keys()]).toEqual(names);
  });
});

chartTests(run, names, chartNamed, () => folder);

describe("the charts in Chromium", () => {
  let watched: WatchedPage;
  beforeAll(async () => {
    watched = await openWatched(browser, sizes[0]);
  });
  afterAll(() => watched.close());

  /** Makes the chart as large as a page of this size has room for. */
  const enlarge = ({ width, height }: (typeof sizes)[number]) =>
    watched.page
      .locator("svg")
      .evaluate((svg, style) => svg.setAttribute("style", style), `width: ${width}px; height: ${height}px`);

  test.each(names)("all of %s can be read, as large as it is and as large as a page", async (name) => {
    const { page, faults } = watched;
    await page.setContent(
      `<!doctype html><style>body { margin: 0 } svg { display: block }</style>${chartNamed(name).svg}`,
    );
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await faultsSeen(page, { leastFontSize }), colorScheme).toEqual([]);
    }
    for (const size of sizes) {
      await page.setViewportSize(size);
      await enlarge(size);
      const asked = { leastFontSize: 0, fitsWindow: true };
      expect(await faultsSeen(page, asked), `${size.width} × ${size.height}`).toEqual([]);
    }
    expect(faults).toEqual([]);
  });
});

describe("the report in Chromium", () => {
  test("can be read, all of it, on every screen, and asks for nothing", async () => {
    const { page, faults, close } = await openWatched(browser, sizes[0]);
    try {
      await page.goto(pathToFileURL(join(folder, "report.html")).href, { waitUntil: "load" });
      const asked = { leastFontSize: leastFontSize * mostScaling };
      expect(await faultsSeen(page, asked), "as it opens").toEqual([]);
      await page.locator("details").evaluateAll((all) => {
        for (const details of all) details.setAttribute("open", "");
      });
      // Sizes move boxes and schemes change colours: each is looked at once.
      for (const [index, colorScheme] of (["light", "dark"] as const).entries()) {
        const size = sizes[index] ?? sizes[0];
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme });
        expect(await faultsSeen(page, asked), `all open, ${size.width}, ${colorScheme}`).toEqual([]);
      }
      expect(faults).toEqual([]);
    } finally {
      await close();
    }
  });

  test("every chart of the folder stands in it", async () => {
    const files = await readdir(join(folder, "charts"));
    expect(files.sort()).toEqual(names.map((name) => `${name}.svg`).sort());
    const html = await readFile(join(folder, "report.html"), "utf8");
    expect(names.filter((name) => !html.includes(`id="chart-${name}"`))).toEqual([]);
  });
});

lookTests(() => browser);
