import type { Verdict } from "../claims/verdict.ts";
import type { Run } from "../result.ts";
import { calibratedText } from "./calibration.ts";
import { escapeMarkdown, markdownTable } from "./markdown-text.ts";
import { noticesOf } from "./notices.ts";
import { machineText, unavailableText } from "./run-text.ts";
import { verdictBlocks } from "./summary-verdicts.ts";
import { type Figure, type Row, type ScenarioTables, type Table, tablesOf } from "./tables.ts";

/** The results of a run as Markdown, for a pull request. */
export function markdownSummary(run: Run, verdicts: readonly Verdict[]): string {
  const beside = [calibratedText(run), unavailableText(run)].filter((text) => text !== undefined);
  const blocks = [
    "# The Evented Web, measured",
    ...noticesOf(run).map(({ word, text }) => `> **${word}** ${escapeMarkdown(text)}`),
    ...verdictBlocks(run, verdicts),
    escapeMarkdown([machineText(run), ...beside].join(" ")),
    ...tablesOf(run).flatMap(scenarioBlocks),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function scenarioBlocks({ scenario, tables }: ScenarioTables): string[] {
  const { name, question, conditions, arms = [] } = scenario;
  return [
    `## ${escapeMarkdown(question)}`,
    `Scenario \`${name}\`. ${escapeMarkdown(conditions.join(" "))}`,
    ...(arms.length === 0
      ? []
      : [arms.map((arm) => `- **${escapeMarkdown(arm.name)}**: ${escapeMarkdown(arm.summary)}`).join("\n")]),
    ...(tables.length === 0
      ? ["Not run: the run ended before this scenario began."]
      : tables.flatMap((table) => tableBlocks(table))),
  ];
}

function tableBlocks(table: Table): string[] {
  const { caption, compares, costs, remarks } = table;
  return [
    `${escapeMarkdown(caption)}:`,
    tableText(table, compares),
    ...(costs === undefined ? [] : ["What it cost:", tableText(costs, compares)]),
    ...(remarks.length === 0 ? [] : [remarks.map((remark) => `- ${escapeMarkdown(remark)}`).join("\n")]),
  ];
}

function tableText({ columns, rows }: Pick<Table, "columns" | "rows">, compares: Table["compares"]): string {
  const head = compares === "servers" ? ["server", "I/O model"] : ["arm"];
  return markdownTable(
    [...head, ...columns.map(({ title }) => escapeMarkdown(title))],
    [...head.map(() => "---" as const), ...columns.map(() => "---:" as const)],
    rows.map((row) => rowTexts(row, compares, columns.length)),
  );
}

function rowTexts({ arm, marks, figures }: Row, compares: Table["compares"], columns: number): string[] {
  const name = escapeMarkdown(`${arm.name}${marks}`);
  const head = compares === "servers" ? [name, arm.ioModel ?? ""] : [name];
  if (typeof figures === "string") return [...head, ...Array<string>(columns).fill(escapeMarkdown(figures))];
  return [...head, ...figures.map(figureText)];
}

function figureText({ text, spread, best }: Figure): string {
  const value = best ? `**${text}**` : text;
  return spread === undefined ? value : `${value} (${spread})`;
}
