import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { compiled, drawSvg } from "../../../../bench/charts/drawing/draw.ts";
import { comparisonChart, comparisonDescription } from "../../../../bench/report/comparison/chart.ts";
import { type Comparison, compareRuns } from "../../../../bench/report/comparison/compare.ts";
import { changeText } from "../../../../bench/report/comparison/figure-text.ts";
import { markdownComparison } from "../../../../bench/report/comparison/markdown.ts";
import { htmlComparison } from "../../../../bench/report/comparison/page.ts";
import { ratioAxis } from "../../../../bench/report/comparison/ratio-axis.ts";
import { terminalComparison } from "../../../../bench/report/comparison/terminal.ts";
import { painter } from "../../../../bench/report/paint.ts";
import type { Run } from "../../../../bench/result.ts";
import { failedCalibration } from "../../fixtures/calibrations.ts";
import { assertionOf, claimOf, estimateOf, verdictsOn } from "../../fixtures/claims.ts";
import { sittingOf } from "./two-runs.ts";

/** A claim that is confirmed in `a` and refuted in `b`. */
const turning = (run: Run) =>
  verdictsOn(run, [
    claimOf("turns", () => ({
      assertions: [assertionOf(run.id === "a" ? estimateOf(120, 110, 130) : estimateOf(80, 70, 90))],
    })),
  ]);

const a = sittingOf("a", 1);
const elsewhere = sittingOf("b", 2, { planted: { ws: { perSecond: 1.2 }, tcp: { p50Ms: 1.5 } } });
const b: Run = { ...elsewhere, environment: { ...elsewhere.environment, cpu: "Another <CPU>" } };
const comparison = compareRuns(a, b, turning);

async function svgOf(compared: Comparison): Promise<string> {
  const spec = comparisonChart(compared);
  return spec === undefined ? "" : drawSvg(compiled(spec));
}

const outputs: readonly [string, () => string | Promise<string>][] = [
  ["terminal", () => terminalComparison(comparison, painter(false))],
  ["markdown", () => markdownComparison(comparison)],
  ["page", async () => htmlComparison(comparison, { svg: await svgOf(comparison), description: "" })],
];

test.each(outputs)("the %s tells verdicts, machines, counts and the largest differences", async (_, make) => {
  const text = (await make()).replace(/<[^>]+>/g, "").replace(/\*\*|\\/g, "");
  expect(text).toContain("TWO MACHINES.");
  expect(text).toContain("The title of turns");
  expect(text).toContain("60 figures compared with an interval");
  expect(text).toMatch(/1\.[12]\d× \(1\.\d\d–1\.\d\d\)/);
  expect(text).toContain("higher, better");
  const verdict = text.indexOf("The title of turns");
  expect(verdict).toBeLessThan(text.indexOf("higher, better"));
});

test("no line of the terminal is wider than it", () => {
  for (const line of terminalComparison(comparison, painter(false)).split("\n"))
    expect(line.length).toBeLessThanOrEqual(100);
});

test("the page is well-formed where it has to be, and text from a run cannot become markup", async () => {
  const page = htmlComparison(comparison, {
    svg: await svgOf(comparison),
    description: comparisonDescription,
  });
  expect(page).not.toContain("Another <CPU>");
  expect(page).toContain("Another &lt;CPU&gt;");
  expect(page).not.toMatch(/(?:src|href)="(?!#)/);
});

test("a run that is uncalibrated or incomplete is said to be so, by its letter", () => {
  const off = { ...b, complete: false, calibrations: [failedCalibration] };
  const text = terminalComparison(
    compareRuns(a, off, () => []),
    painter(false),
  );
  expect(text).toContain("B IS UNCALIBRATED.");
  expect(text).toContain("B IS INCOMPLETE.");
  expect(text).not.toContain("A IS");
});

test("the same build is told, for then it is not the code", () => {
  expect(terminalComparison(compareRuns(a, sittingOf("c", 5)), painter(false))).toContain("THE SAME CODE.");
});

test("the chart is well-formed, deterministic, and has what differs by name with its interval", async () => {
  const svg = await svgOf(comparison);
  expect(await svgOf(compareRuns(a, b, turning))).toBe(svg);
  const texts: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("text", (text) => texts.push(text));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(svg).close();
  expect(texts).toEqual(
    expect.arrayContaining(["ingest", "ws: webhooks", "tcp: answer p50", "better in B", "1×"]),
  );
});

test("nothing to draw is no chart", () => {
  expect(comparisonChart(compareRuns({ ...a, trials: [] }, { ...b, trials: [] }))).toBeUndefined();
});

test.each([
  [1.2, { low: 1.15, high: 1.25 }, "1.20× (1.15–1.25)"],
  [1.0003, { low: 1.0002, high: 1.0004 }, "1.0003× (1.0002–1.0004)"],
  [1.25, { low: 1.25, high: 1.25 }, "1.25×"],
  [1.001, { low: 0.998, high: 1.004 }, "1.00× (0.998–1.00)"],
  [2, undefined, "about 2.00×"],
])("a ratio of %s reads as it is meant", (value, interval, text) => {
  expect(changeText({ kind: "ratio", value, interval }, "ms")).toBe(text);
});

test("a difference has its unit and its sign", () => {
  expect(changeText({ kind: "difference", value: 3, interval: { low: -1, high: 4 } }, "percent")).toBe(
    "+3.0 % (-1.0 % to +4.0 %)",
  );
});

test.each([
  [[1.01], 1.02],
  [[0.9], 1.25],
  [[1.2, 0.4], 3],
  [[80], 100],
  [[4_000], 10_000],
])("the axis around %s reaches %s to both sides, with 1 in its middle", (ratios, reach) => {
  const { domain, ticks } = ratioAxis(ratios);
  expect(domain).toEqual([1 / reach, reach]);
  expect(ticks.map(({ label }) => label)).toContain("1×");
  expect(ticks.length).toBeLessThanOrEqual(7);
});
