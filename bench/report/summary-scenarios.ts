import { escapeHtml } from "./html-template.ts";
import { escapeMarkdown, markdownTable } from "./markdown-text.ts";
import type { Figure, Row, ScenarioTables, Table } from "./tables.ts";

/** How much is told of a scenario. */
export interface Told {
  /** What the answer cost. */
  readonly costs: boolean;
  /** Conditions, arms and remarks. */
  readonly words: boolean;
}

/** One scenario, folded: in a conversation its question alone is in the way of what people say. */
export function scenarioBlock({ scenario, tables }: ScenarioTables, told: Told): string {
  const { name, question, conditions, arms = [] } = scenario;
  const words = [
    escapeMarkdown(conditions.join(" ")),
    arms.map((arm) => `- **${escapeMarkdown(arm.name)}**: ${escapeMarkdown(arm.summary)}`).join("\n"),
  ].filter((text) => text !== "");
  const blocks = [
    `<details><summary><b>${escapeHtml(question)}</b> (<code>${escapeHtml(name)}</code>)</summary>`,
    ...(told.words ? words : []),
    ...(tables.length === 0
      ? ["Not run: the run ended before this scenario began."]
      : tables.flatMap((table) => tableBlocks(table, told))),
    "</details>",
  ];
  return blocks.join("\n\n");
}

function tableBlocks(table: Table, told: Told): string[] {
  const { caption, compares, costs, remarks } = table;
  const withCosts = told.costs && costs !== undefined;
  return [
    `${escapeMarkdown(caption)}:`,
    tableText(table, compares),
    ...(withCosts ? ["What it cost:", tableText(costs, compares)] : []),
    ...(told.words && remarks.length > 0
      ? [remarks.map((remark) => `- ${escapeMarkdown(remark)}`).join("\n")]
      : []),
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
