import type { IoModel } from "../../servers/contract.ts";
import type { Verdict } from "../claims/verdict.ts";
import type { Run } from "../result.ts";
import { calibratedText } from "./calibration.ts";
import { counted } from "./format.ts";
import { noticesOf } from "./notices.ts";
import { type Paint, painter } from "./paint.ts";
import { machineText, unavailableText } from "./run-text.ts";
import { type Row, type ScenarioTables, type Table, tablesOf } from "./tables.ts";
import { verdictLines } from "./terminal-verdicts.ts";
import { type TextRow, terminalWidth, textTable } from "./text-table.ts";
import { wrap, wrapIndented } from "./wrap.ts";

export interface TerminalOptions {
  /** Whether escape sequences may be used: a terminal, and no NO_COLOR. */
  readonly colour: boolean;
}

/** Their tables are as long again, and too wide for a terminal. */
const costsElsewhere =
  "What each answer cost (CPU, event loop, garbage collection, memory, bytes and packets, and how busy the load was) " +
  "stands in the report and the summary";

const shortIoModel: Readonly<Record<IoModel, string>> = {
  "event loop": "loop",
  "thread per connection": "thread",
  "process per request": "process",
};

/** What a run measured, as text: for every scenario its question, conditions, tables and remarks. */
export function terminalReport(run: Run, { colour }: TerminalOptions): string {
  const paint = painter(colour);
  const notices = noticesOf(run).flatMap(({ word, text }) => [
    ...wrap(`${word} ${text}`, terminalWidth).map((line) => paint("bold", line)),
    "",
  ]);
  const { shown, elsewhere } = divided(tablesOf(run));
  return [
    ...notices,
    ...[machineText(run), calibratedText(run), unavailableText(run)].flatMap((text) =>
      text === undefined ? [] : wrap(text, terminalWidth),
    ),
    ...shown.flatMap((tables) => ["", ...scenarioLines(tables, paint)]),
    ...elsewhere.flatMap((text) => ["", ...wrap(text, terminalWidth)]),
    "",
  ].join("\n");
}

/** What a run says of the claims, as text. */
export function terminalVerdicts(
  run: Run,
  verdicts: readonly Verdict[],
  { colour }: TerminalOptions,
): string {
  return [...verdictLines(run, verdicts, painter(colour)), ""].join("\n");
}

/** There are so many labs that their tables would hide the others: they are shown to whoever asked for labs alone. */
function divided(all: readonly ScenarioTables[]): {
  readonly shown: readonly ScenarioTables[];
  readonly elsewhere: readonly string[];
} {
  const labs = all.filter(({ scenario }) => scenario.arms !== undefined);
  if (labs.length === all.length) return { shown: labs, elsewhere: [] };
  const names = labs.map(({ scenario }) => scenario.name).join(", ");
  const labsToo = `, and so does what ${counted(labs.length, "lab")} measured (${names})`;
  return {
    shown: all.filter(({ scenario }) => scenario.arms === undefined),
    elsewhere: [`${costsElsewhere}${labs.length === 0 ? "" : labsToo}.`],
  };
}

function scenarioLines({ scenario, tables }: ScenarioTables, paint: Paint): string[] {
  const lines = [
    ...wrap(`${scenario.name}: ${scenario.question}`, terminalWidth).map((line) => paint("bold", line)),
    ...wrap(scenario.conditions.join(" "), terminalWidth),
  ];
  if (tables.length === 0) return [...lines, "", "Not run: the run ended before this scenario began."];
  return [...lines, ...tables.flatMap((table) => ["", ...tableLines(table, paint)])];
}

function tableLines(table: Table, paint: Paint): string[] {
  const heads = table.compares === "servers" ? ["server", "I/O model"] : ["arm"];
  const columns = [
    ...heads.map((title) => ({ title, align: "left" as const })),
    ...table.columns.map(({ title }) => ({ title, align: "right" as const })),
  ];
  const rows = table.rows.flatMap((row) => rowLines(row, table.compares, paint));
  const remarks = table.remarks.flatMap((remark) => wrapIndented(remark, terminalWidth));
  return [
    ...wrap(`${table.caption}:`, terminalWidth),
    ...textTable(columns, rows),
    ...(remarks.length === 0 ? [] : ["", ...remarks]),
  ];
}

/** The medians, and where there are spreads a second line with them, so that four columns fit. */
function rowLines({ arm, marks, figures }: Row, compares: Table["compares"], paint: Paint): TextRow[] {
  const name = `${arm.name}${marks}`;
  const ioModel = arm.ioModel === undefined ? "" : shortIoModel[arm.ioModel];
  const head = compares === "servers" ? [name, ioModel] : [name];
  if (typeof figures === "string") return [[...head, figures]];
  const medians = figures.map(({ text, best }) => (best ? paint("bold", text) : text));
  const spreads = figures.map(({ spread }) => paint("dim", spread ?? ""));
  const repeated = figures.some(({ spread }) => spread !== undefined);
  return [[...head, ...medians], ...(repeated ? [[...head.map(() => ""), ...spreads]] : [])];
}
