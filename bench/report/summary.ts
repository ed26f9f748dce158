import type { Run } from "../result.ts";
import { calibratedText } from "./calibration.ts";
import { noticesOf } from "./notices.ts";
import { machineText, unavailableText } from "./run-text.ts";
import { type Figure, type Row, type ScenarioTables, type Table, tablesOf } from "./tables.ts";

/** The results of a run as Markdown, for a pull request. */
export function markdownSummary(run: Run): string {
  const beside = [calibratedText(run), unavailableText(run)].filter((text) => text !== undefined);
  const blocks = [
    "# The Evented Web, measured",
    ...noticesOf(run).map(({ word, text }) => `> **${word}** ${escapeMarkdown(text)}`),
    escapeMarkdown([machineText(run), ...beside].join(" ")),
    ...tablesOf(run).flatMap(scenarioBlocks),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function scenarioBlocks({ scenario, tables }: ScenarioTables): string[] {
  return [
    `## ${escapeMarkdown(scenario.question)}`,
    `Scenario \`${scenario.name}\`. ${escapeMarkdown(scenario.conditions.join(" "))}`,
    ...(tables.length === 0
      ? ["Not run: the run ended before this scenario began."]
      : tables.flatMap((table) => tableBlocks(table))),
  ];
}

function tableBlocks({ caption, columns, rows, costs, remarks }: Table): string[] {
  return [
    `At ${escapeMarkdown(caption)}:`,
    tableText({ columns, rows }),
    ...(costs === undefined ? [] : ["What it cost:", tableText(costs)]),
    ...(remarks.length === 0 ? [] : [remarks.map((remark) => `- ${escapeMarkdown(remark)}`).join("\n")]),
  ];
}

function tableText({ columns, rows }: Pick<Table, "columns" | "rows">): string {
  const titles = ["server", "I/O model", ...columns.map(({ title }) => escapeMarkdown(title))];
  return [
    tableLine(titles),
    tableLine(["---", "---", ...columns.map(() => "---:")]),
    ...rows.map((row) => tableLine(rowTexts(row, columns.length))),
  ].join("\n");
}

function rowTexts({ arm, marks, figures }: Row, columns: number): string[] {
  const head = [escapeMarkdown(`${arm.name}${marks}`), arm.ioModel ?? ""];
  if (typeof figures === "string") return [...head, ...Array<string>(columns).fill(escapeMarkdown(figures))];
  return [...head, ...figures.map(figureText)];
}

function figureText({ text, spread, best }: Figure): string {
  const value = best ? `**${text}**` : text;
  return spread === undefined ? value : `${value} (${spread})`;
}

function tableLine(texts: readonly string[]): string {
  return `| ${texts.join(" | ")} |`;
}

/** Text that Markdown would take for markup, or for the end of a table cell, made plain; always one line. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}
