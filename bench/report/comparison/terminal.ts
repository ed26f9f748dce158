import { counted } from "../format.ts";
import type { Paint } from "../paint.ts";
import { terminalWidth, textTable } from "../text-table.ts";
import { wrap, wrapIndented, wrapTightly } from "../wrap.ts";
import type { Comparison } from "./compare.ts";
import { differingFigures } from "./counts.ts";
import { figureText } from "./figure-text.ts";
import { countLines, limits, noticesOn, runLines, verdictCounts } from "./sentences.ts";

/** So many differences; the page has all. */
const mostDifferences = 15;

/** A comparison as text: the verdicts that changed, what differs between the runs, and the largest differences. */
export function terminalComparison(comparison: Comparison, paint: Paint): string {
  const wrapped = (text: string) => wrapIndented(text, terminalWidth);
  const bold = (text: string) => wrap(text, terminalWidth).map((line) => paint("bold", line));
  return [
    ...runLines(comparison).flatMap(wrapped),
    "",
    ...noticesOn(comparison).flatMap(({ word, text }) => [...bold(`${word} ${text}`), ""]),
    ...bold(verdictCounts(comparison.verdicts)),
    ...verdictLines(comparison),
    "",
    ...bold("What differs between the runs"),
    ...columns(
      ["", "A", "B"],
      [26, 34, 34],
      comparison.circumstances.differ.map(({ name, a, b }) => [name, a, b]),
    ),
    "",
    ...countLines(comparison).flatMap(bold),
    ...differenceLines(comparison),
    "",
    ...limits.flatMap((limit) => wrapped(`- ${limit}`)),
    "",
  ].join("\n");
}

function verdictLines({ verdicts: { changed } }: Comparison): string[] {
  if (changed.length === 0) return [];
  const rows = changed.map(({ title, a, b }) => [
    title,
    ...[a, b].map(({ ruling, measured }) => `${ruling}, ${measured}`),
  ]);
  return ["", ...columns(["claim", "A", "B"], [42, 26, 26], rows)];
}

function differenceLines(comparison: Comparison): string[] {
  const answers = differingFigures(comparison).filter(({ role }) => role === "answer");
  if (answers.length === 0) return [];
  const shown = answers.slice(0, mostDifferences);
  const rows = shown.map((figure) => {
    const { what, a, b, change, word } = figureText(figure);
    return [`${figure.scenario}: ${what}`, a, b, change, word];
  });
  const left = answers.length - shown.length;
  return [
    "",
    ...columns(["the largest differences", "A", "B", "B/A (95 %)", "B is"], [36, 10, 10, 20, 16], rows),
    ...(left === 0
      ? []
      : ["", `${counted(left, "smaller difference")} more in the page, and what the answers cost.`]),
  ];
}

/** Cells are broken over lines, none is cut. */
function columns(
  titles: readonly string[],
  widths: readonly number[],
  rows: readonly (readonly string[])[],
): string[] {
  const lines = rows.flatMap((row) => {
    const cells = row.map((text, i) => wrapTightly(text, widths[i] ?? terminalWidth));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) => cells.map((cell) => cell[line] ?? ""));
  });
  return textTable(
    titles.map((title) => ({ title, align: "left" as const })),
    lines,
  );
}
