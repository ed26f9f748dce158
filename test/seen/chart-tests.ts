/** What every chart has to say of a run that has every state in it, read as text. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { DrawnChart } from "../../bench/charts/chart.ts";
import { darkColours, paper } from "../../bench/charts/drawing/palette.ts";
import { type Cell, cellsOf, hasFaults } from "../../bench/report/cells.ts";
import type { Run, Unit } from "../../bench/result.ts";
import { readDrawing } from "./read-drawing.ts";

/** Charts that show a part of a scenario's cells: which. */
const shownCells: Readonly<Record<string, (cell: Cell) => boolean>> = {
  "wasted-polls": ({ arm }) => arm === "polling",
};

function cellsOfChart(run: Run, { name, scenario }: Pick<DrawnChart, "name" | "scenario">): Cell[] {
  return cellsOf(run, scenario).filter(shownCells[name] ?? (() => true));
}

const wordsOfUnits: Readonly<Record<Unit, RegExp | undefined>> = {
  ...{ s: /\bs\b/, ms: /\b(µs|ms|s)\b/, µs: /(µs|\bms)\b/, ns: /(ns|µs|ms)\b/ },
  ...{ "per second": /per second|\/s\b/, bytes: /\b(bytes|B|KiB|MiB|GiB)\b/, percent: /%|percent/ },
  ...{ times: /times|×/, count: undefined },
};

/** `written`: the folder of a report of the same run. */
export function chartTests(
  run: Run,
  names: readonly string[],
  chartNamed: (name: string) => DrawnChart,
  written: () => string,
): void {
  describe.each(names)("the chart %s", (name) => {
    test("is the same each time it is drawn", async () => {
      const before = await readFile(join(written(), "charts", `${name}.svg`), "utf8");
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
      const cells = cellsOfChart(run, chart);
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
      const cells = cellsOfChart(run, chart);
      const empty = table.rows.filter(
        ({ cells: texts }) =>
          texts.length !== table.columns.length || texts.some((text) => text.trim() === ""),
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
}
