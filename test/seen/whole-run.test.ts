/** What comes of a run that has every state in it: read as text, and looked at in Chromium. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { SaxesParser } from "saxes";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { DrawnChart } from "../../bench/charts/chart.ts";
import { darkColours, paper } from "../../bench/charts/drawing/palette.ts";
import { charts, drawCharts } from "../../bench/charts/index.ts";
import { verdictsOf } from "../../bench/claims/index.ts";
import { type Cell, cellsOf, hasFaults } from "../../bench/report/cells.ts";
import { writeReport } from "../../bench/report/write.ts";
import type { Unit } from "../../bench/result.ts";
import { type Browser, launchChromium } from "../../cli/chromium.ts";
import { wholeRun } from "../bench/fixtures/whole-run.ts";
import { faultsSeen, look } from "./look.ts";
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

interface Drawing {
  /** One entry a text element, or part of one. */
  readonly texts: readonly string[];
  /** Whatever something is filled or stroked with. */
  readonly paints: ReadonlySet<string>;
}

/** Throws when the SVG is not well-formed. */
function readDrawing(svg: string): Drawing {
  const texts: string[] = [];
  const paints = new Set<string>();
  const parser = new SaxesParser({ xmlns: true });
  let inStyle = false;
  parser.on("opentag", ({ name, attributes }) => {
    inStyle = name === "style";
    for (const paint of ["fill", "stroke"]) {
      const value = attributes[paint]?.value;
      if (value !== undefined) paints.add(value);
    }
  });
  parser.on("closetag", () => {
    inStyle = false;
  });
  parser.on("text", (text) => {
    if (!inStyle && text.trim() !== "") texts.push(text);
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(svg).close();
  return { texts, paints };
}

/** Charts that show a part of a scenario's cells: which. */
const shownCells: Readonly<Record<string, (cell: Cell) => boolean>> = {
  "wasted-polls": ({ arm }) => arm === "polling",
};

function cellsOfChart({ name, scenario }: Pick<DrawnChart, "name" | "scenario">): Cell[] {
  return cellsOf(run, scenario).filter(shownCells[name] ?? (() => true));
}

const wordsOfUnits: Readonly<Record<Unit, RegExp | undefined>> = {
  ...{ s: /\bs\b/, ms: /\b(µs|ms|s)\b/, µs: /(µs|\bms)\b/, ns: /(ns|µs|ms)\b/ },
  ...{ "per second": /per second|\/s\b/, bytes: /\b(bytes|B|KiB|MiB|GiB)\b/, percent: /%|percent/ },
  ...{ times: /times|×/, count: undefined },
};

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

describe.each(names)("the chart %s", (name) => {
  test("is the same each time it is drawn", async () => {
    const before = await readFile(join(folder, "charts", `${name}.svg`), "utf8");
    expect(chartNamed(name).svg).toBe(before);
  });

  test("is well-formed, and painted in the palette alone", () => {
    const { paints } = readDrawing(chartNamed(name).svg);
    const known = [...Object.keys(darkColours), "none", "transparent"];
    expect([...paints].filter((paint) => !known.includes(paint))).toEqual([]);
  });

  test("names the conditions, the number of trials and the units", () => {
    const chart = chartNamed(name);
    const all = readDrawing(chart.svg).texts.join(" ");
    expect(all).toMatch(/2 cores, Node\.js 20\.20\.2; network: loopback/);
    expect(all).toMatch(/\bn = \d|\d trials?\b/);
    const { columns = [] } = run.scenarios.find((scenario) => scenario.name === chart.scenario) ?? {};
    const units = columns.flatMap(({ unit }) => wordsOfUnits[unit] ?? []);
    if (units.length > 0) expect(units.some((words) => words.test(all))).toBe(true);
  });

  test("says of every cell without figures why it has none, and marks what has to be read with others", () => {
    const chart = chartNamed(name);
    const all = readDrawing(chart.svg).texts.join("\n");
    const cells = cellsOfChart(chart);
    const arms = new Set(cells.map(({ arm }) => arm));
    const wanted = [
      // One alone need not be told from others.
      ...(arms.size === 1 ? [] : arms),
      ...cells.flatMap(({ state }) => (state === "completed" ? [] : [state])),
      ...(cells.some(({ generatorBound }) => generatorBound) ? ["†"] : []),
      ...(cells.some(({ clampedBecause }) => clampedBecause !== undefined) ? ["*"] : []),
      ...(cells.some(({ onlyBusyPercent }) => onlyBusyPercent !== undefined) ? ["◊"] : []),
      ...(cells.some(hasFaults) ? ["‡"] : []),
    ];
    expect([...new Set(wanted)].filter((words) => !all.includes(words))).toEqual([]);
  });

  test("has a table with a row for every cell, the state in it, and no empty text", () => {
    const { table, ...chart } = chartNamed(name);
    const cells = cellsOfChart(chart);
    const empty = table.rows.filter(
      ({ cells: texts }) => texts.length !== table.columns.length || texts.some((text) => text.trim() === ""),
    );
    expect(empty).toEqual([]);
    // What was clamped stands at each point that was asked for, and need not stand there more than once.
    const measured = new Map(
      cells.map(({ arm, measuredAt, state }) => [JSON.stringify([arm, measuredAt]), state] as const),
    );
    for (const wanted of ["completed", "failed", "exempt", "not run"] as const) {
      const count = [...measured.values()].filter((state) => state === wanted).length;
      const rows = table.rows.filter(
        ({ cells: texts }) => wanted === "completed" || texts.some((text) => text.includes(wanted)),
      );
      expect(rows.length, wanted).toBeGreaterThanOrEqual(count);
    }
  });

  test("has a background of its own and fits a page", () => {
    const { svg } = chartNamed(name);
    expect(svg.includes(`fill="${paper}"`)).toBe(true);
    expect(Number(/width="(\d+)"/.exec(svg)?.[1])).toBeLessThanOrEqual(770);
  });
});

describe("in Chromium", () => {
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
      for (const size of sizes) {
        await page.setViewportSize(size);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await faultsSeen(page, asked), `all open, ${size.width}, ${colorScheme}`).toEqual([]);
        }
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

describe("the look itself", () => {
  let watched: WatchedPage;
  beforeAll(async () => {
    watched = await openWatched(browser, sizes[0]);
  });
  afterAll(() => watched.close());

  const seenOn = async (body: string, asked = { leastFontSize: 10 }) => {
    await watched.page.setContent(`<!doctype html><style>body { margin: 8px }</style>${body}`);
    return (await faultsSeen(watched.page, asked)).map((fault) => fault.replace(/ \[.*\]$/, ""));
  };
  const svg = (content: string) =>
    `<svg width="200" height="100" style="display: block"><rect width="200" height="100" fill="#ffffff"/>${content}</svg>`;

  test("finds nothing where nothing is wrong", async () => {
    const page = `<h1>One</h1><p>Two<br>three</p><div style="overflow: auto; width: 90px"><pre>${"wide ".repeat(40)}</pre></div>
      <details><summary>More</summary><p style="position: absolute; top: 0">hidden</p></details>
      <span style="position: absolute; clip-path: inset(50%)">for readers alone</span>
      <p style="opacity: 0; position: absolute; top: 0">unseen</p>
      <div style="overflow: hidden; height: 20px"><p style="visibility: hidden; margin-top: 50px">waits</p></div>
      ${svg(`<text x="10" y="50">label</text><text x="100" y="50">other</text>`)}`;
    expect(await seenOn(page)).toEqual([]);
  });

  test.each<[string, string, RegExp]>([
    [
      "texts over each other",
      `<p>under</p><p style="margin-top: -30px">over</p>`,
      /^overlap: “under” and “over”/,
    ],
    [
      "lines over each other",
      `<p style="line-height: 8px">one line<br>another line</p>`,
      /^overlap: “one line” and “another/,
    ],
    [
      "labels over each other",
      svg(`<text x="10" y="50">label</text><text x="20" y="54">other</text>`),
      /^overlap: “label” and “other”/,
    ],
    [
      "labels moved over each other",
      svg(
        `<text x="10" y="50">label</text><g transform="translate(12 0)"><text x="0" y="52">other</text></g>`,
      ),
      /^overlap: “label”/,
    ],
    [
      "a text over a picture",
      `<div style="height: 20px">${svg("")}</div><p>below</p>`,
      /^overlap: “picture .*svg” and “below”/,
    ],
    [
      "a label that leaves its picture",
      svg(`<text x="180" y="50">too long</text>`),
      /^cut: “too long” by svg/,
    ],
    [
      "a text that is cut",
      `<p style="overflow: hidden; width: 50px; white-space: nowrap">cut off here</p>`,
      /^cut: “cut off here” by p/,
    ],
    [
      "a text that is cut below",
      `<div style="overflow: hidden; height: 60px"><p>one</p><p>two</p></div>`,
      /^cut: “two” by div/,
    ],
    [
      "what hides a part of what it holds",
      `<div style="overflow: hidden; width: 50px"><div style="width: 90px; height: 9px"></div></div>`,
      /^cropped: holds 90 × 9 px and shows 50 × 9 px/,
    ],
    [
      "a text out of its plate",
      `<p style="background: #eee; width: 30px; white-space: nowrap">too long for it</p>`,
      /^spilled: “too long for it” out of/,
    ],
    ["small letters", `<p style="font-size: 9px">small</p>`, /^small: “small” 9\.0 px/],
    [
      "letters made small",
      `<div style="transform: scale(0.5)"><p>small</p></div>`,
      /^small: “small” 8\.0 px/,
    ],
    [
      "labels made small",
      `<svg viewBox="0 0 200 100" width="100" height="50"><text x="1" y="50" font-size="16">small</text></svg>`,
      /^small: “small” 8\.0 px/,
    ],
    [
      "faint letters",
      `<p style="color: #999; background: #fff">faint</p>`,
      /^faint: “faint” #999999 on #ffffff: 2\.85 to 1/,
    ],
    [
      "letters that are partly seen through",
      `<p style="color: #000; background: #fff; opacity: 0.4">faint</p>`,
      /^faint: “faint” #999999/,
    ],
    [
      "a label on a mark like it",
      svg(`<rect x="0" y="30" width="100" height="40" fill="#333"/><text x="10" y="50">label</text>`),
      /^faint: “label” #000000 on #333333/,
    ],
    [
      "a label under a mark",
      svg(`<text x="10" y="50">label</text><path d="M0 30h100v40h-100z" fill="#eee"/>`),
      /^covered: “label” by/,
    ],
    [
      "a page that is too wide",
      `<div style="width: 1400px; height: 1px"></div>`,
      /^scrolls sideways: the page is 1408 px/,
    ],
    ["an id given twice", `<p id="a">one</p><p id="a">two</p>`, /^repeated id: “a”/],
  ])("finds %s", async (_what, body, expected) => {
    expect((await seenOn(body)).join("\n")).toMatch(expected);
  });

  test("finds what does not fit the window, where it has to", async () => {
    const low = `<p style="position: absolute; top: 712px; margin: 0">low</p>`;
    expect(await seenOn(low)).toEqual([]);
    expect(await seenOn(low, { ...{ leastFontSize: 10 }, ...{ fitsWindow: true } })).toEqual([
      expect.stringMatching(/^cut: “low” by the window/),
    ]);
  });

  test("reads where the ink is, not the line", async () => {
    await watched.page.setContent(`<p style="font: 100px/300px sans-serif; margin: 0">x</p>`);
    const [text] = (await look(watched.page)).texts;
    const { top = 0, bottom = 0 } = text?.box ?? {};
    expect(bottom - top).toBeGreaterThan(40);
    expect(bottom - top).toBeLessThan(70);
  });

  test("overlooks no error, warning or request of a page, and lets none out", async () => {
    const { page, faults, close } = await openWatched(browser, sizes[0]);
    try {
      await page.setContent("<!doctype html><p>one</p>");
      const elsewhere = page.waitForEvent("requestfailed");
      await page.evaluate(() => {
        console.error("said");
        console.warn("warned");
        console.log("told");
        void fetch("https://example.com/font.woff2").catch(() => {});
        setTimeout(() => {
          throw new Error("thrown");
        });
      });
      await elsewhere;
      await expect.poll(() => faults.join("\n")).toContain("threw: thrown");
      const all = faults.join("\n");
      for (const part of [
        "console: said",
        "console: warned",
        "asked elsewhere: https://example.com/font.woff2",
      ])
        expect(all).toContain(part);
      expect(all).not.toContain("told");
    } finally {
      await close();
    }
  });
});
