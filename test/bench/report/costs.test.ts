import { describe, expect, test } from "vitest";
import { environmentFacts } from "../../../bench/report/facts.ts";
import { markdownSummary } from "../../../bench/report/summary.ts";
import { type Figure, type Table, tablesOf } from "../../../bench/report/tables.ts";
import { terminalReport } from "../../../bench/report/terminal.ts";
import type { Column, Run } from "../../../bench/result.ts";
import { pageOf } from "../fixtures/page.ts";
import { inventedRun } from "../fixtures/run.ts";

const plain = { colour: false };
const unwrapped = (text: string) => text.replace(/\s+/g, " ");

function tablesFor(run: Run): Table[] {
  return tablesOf(run).flatMap(({ tables }) => tables);
}

function withCosts(run: Run, costs: readonly Column[]): Run {
  return { ...run, scenarios: run.scenarios.map((scenario) => ({ ...scenario, costs: [...costs] })) };
}

describe("what it cost", () => {
  test("has the rows of the table above, with their marks, states and spreads, and no best", () => {
    for (const { rows, costs } of tablesFor(inventedRun({ blocks: 6 }))) {
      const told = costs?.rows.map(({ arm, marks }) => [arm.name, marks]);
      expect(told).toEqual(rows.map(({ arm, marks }) => [arm.name, marks]));
      costs?.rows.forEach(({ figures }, index) => {
        const above = rows[index]?.figures;
        if (typeof above === "string") expect(figures).toBe(above);
        else expect(figures).toHaveLength(costs.columns.length);
      });
      const all = costs?.rows.flatMap(({ figures }): Figure[] =>
        typeof figures === "string" ? [] : [...figures],
      );
      expect(all?.some(({ best }) => best)).toBe(false);
      expect(all?.some(({ text, spread }) => text === "not read" && spread === undefined)).toBe(
        costs?.columns.length === 7,
      );
      expect(all?.filter(({ text }) => text !== "not read").every(({ spread }) => spread !== undefined)).toBe(
        true,
      );
    }
  });

  test("stands in the page and the summary, and in neither of a scenario without costs", () => {
    const run = inventedRun({ blocks: 1 });
    const without = withCosts(run, []);
    const page = (given: Run) => pageOf(given, [], []).replace(/<caption>/g, "");
    for (const output of [page, (given: Run) => markdownSummary(given, [])]) {
      expect(output(run).match(/(?<!: )What it cost/g)).toHaveLength(6);
      expect(output(without)).not.toContain("What it cost");
    }
  });

  test("is said by the terminal to stand elsewhere", () => {
    const text = unwrapped(terminalReport(inventedRun({ blocks: 1 }), plain));
    expect(text).toContain("What each answer cost");
    expect(text).toContain("stands in the report");
  });
});

describe("probes that the machine does not have", () => {
  const run = inventedRun({ blocks: 1 });
  const lacking = { ...run, environment: { ...run.environment, unavailable: { PSS: "no /proc here" } } };

  test("are told once, with the reason", () => {
    const line = "Not available on this machine: PSS (no /proc here).";
    expect(unwrapped(terminalReport(lacking, plain)).split(line)).toHaveLength(2);
    expect(markdownSummary(lacking, []).split(line)).toHaveLength(2);
    expect(environmentFacts(lacking)).toContainEqual({
      name: "PSS",
      value: "not available here: no /proc here",
    });
  });

  test("are not mentioned where there are all", () => {
    expect(terminalReport(run, plain)).not.toContain("Not available");
    expect(markdownSummary(run, [])).not.toContain("Not available");
  });
});
