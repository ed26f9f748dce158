import { styleText } from "node:util";
import type { IoModel } from "../../servers/contract.ts";
import type { Run } from "../result.ts";
import { calibratedText } from "./calibration.ts";
import { noticesOf } from "./notices.ts";
import { machineText, unavailableText } from "./run-text.ts";
import { type Row, type ScenarioTables, type Table, tablesOf } from "./tables.ts";
import { type TextRow, textTable } from "./text-table.ts";
import { wrap } from "./wrap.ts";

export interface TerminalOptions {
  /** Whether escape sequences may be used: a terminal, and no NO_COLOR. */
  readonly colour: boolean;
}

/** Their tables are as long again, and too wide for a terminal. */
const costsElsewhere =
  "What each answer cost (CPU, event loop, garbage collection, memory, bytes and packets, and how busy the load was) " +
  "stands in the report and the summary.";

type Style = "bold" | "dim";
type Paint = (style: Style, text: string) => string;

/** No line is wider than this. */
const width = 100;

const shortIoModel: Readonly<Record<IoModel, string>> = {
  "event loop": "loop",
  "thread per connection": "thread",
  "process per request": "process",
};

/** The results of a run as text: for every scenario its question, conditions, tables and remarks. */
export function terminalReport(run: Run, options: TerminalOptions): string {
  const paint: Paint = (style, text) =>
    options.colour && text !== "" ? styleText(style, text, { validateStream: false }) : text;
  const notices = noticesOf(run).flatMap(({ word, text }) => [
    ...wrap(`${word} ${text}`, width).map((line) => paint("bold", line)),
    "",
  ]);
  return [
    ...notices,
    ...[machineText(run), calibratedText(run), unavailableText(run)].flatMap((text) =>
      text === undefined ? [] : wrap(text, width),
    ),
    ...tablesOf(run).flatMap((tables) => ["", ...scenarioLines(tables, paint)]),
    "",
    ...wrap(costsElsewhere, width),
    "",
  ].join("\n");
}

function scenarioLines({ scenario, tables }: ScenarioTables, paint: Paint): string[] {
  const lines = [
    ...wrap(`${scenario.name}: ${scenario.question}`, width).map((line) => paint("bold", line)),
    ...wrap(scenario.conditions.join(" "), width),
  ];
  if (tables.length === 0) return [...lines, "", "Not run: the run ended before this scenario began."];
  return [...lines, ...tables.flatMap((table) => ["", ...tableLines(table, paint)])];
}

function tableLines(table: Table, paint: Paint): string[] {
  const columns = [
    { title: "server", align: "left" as const },
    { title: "I/O model", align: "left" as const },
    ...table.columns.map(({ title }) => ({ title, align: "right" as const })),
  ];
  const rows = table.rows.flatMap((row) => rowLines(row, paint));
  const remarks = table.remarks.flatMap((remark) => wrap(remark, width - 2).map(indentAfterFirst));
  return [
    ...wrap(`At ${table.caption}:`, width),
    ...textTable(columns, rows),
    ...(remarks.length === 0 ? [] : ["", ...remarks]),
  ];
}

/** The medians, and where there are spreads a second line with them, so that four columns fit. */
function rowLines({ arm, marks, figures }: Row, paint: Paint): TextRow[] {
  const head = [`${arm.name}${marks}`, arm.ioModel === undefined ? "" : shortIoModel[arm.ioModel]];
  if (typeof figures === "string") return [[...head, figures]];
  const medians = figures.map(({ text, best }) => (best ? paint("bold", text) : text));
  const spreads = figures.map(({ spread }) => paint("dim", spread ?? ""));
  const repeated = figures.some(({ spread }) => spread !== undefined);
  return [[...head, ...medians], ...(repeated ? [["", "", ...spreads]] : [])];
}

function indentAfterFirst(line: string, index: number): string {
  return index === 0 ? line : `  ${line}`;
}
