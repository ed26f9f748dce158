import type { Ruling, Verdict } from "../claims/verdict.ts";
import type { Run } from "../result.ts";
import type { Paint, Style } from "./paint.ts";
import { terminalWidth, textTable } from "./text-table.ts";
import { type VerdictRow, verdictTable } from "./verdicts.ts";
import { wrapIndented, wrapTightly } from "./wrap.ts";

const titles = ["claim", "2011 said", "measured here", "verdict"];

/** Of all columns but the last, whose words are short: together with it and the gaps between them as wide as a terminal. */
const widths = [37, 20, 25];

const looks: Readonly<Record<Ruling, Style>> = { confirmed: "green", refuted: "red", inconclusive: "dim" };

/** What a run says of the claims, as text: a table, what it comes to, and what would settle what is open. */
export function verdictLines(run: Run, verdicts: readonly Verdict[], paint: Paint): string[] {
  const { rows, counts, remarks, toSettle } = verdictTable(run, verdicts);
  const wrapped = (text: string) => wrapIndented(text, terminalWidth);
  if (rows.length === 0) return wrapped(counts);
  return [
    paint(
      "bold",
      `What the talk claims, and what ${run.complete ? "this run" : "this incomplete run"} says of it`,
    ),
    "",
    ...textTable(
      titles.map((title) => ({ title, align: "left" as const })),
      rows.flatMap((row) => rowLines(row, paint)),
    ),
    "",
    ...wrapped(counts).map((line) => paint("bold", line)),
    ...remarks.flatMap(wrapped),
    ...(toSettle.length === 0 ? [] : ["What would settle the inconclusive:"]),
    // What to do comes first, so that a command is not broken over lines.
    ...toSettle.flatMap(({ claims, settledBy }) => wrapped(`- ${settledBy}: ${claims}`)),
  ];
}

/** Cells are broken over lines, none is cut. */
function rowLines({ title, said2011, measured, ruling }: VerdictRow, paint: Paint): string[][] {
  const cells = [title, said2011, measured].map((text, i) => wrapTightly(text, widths[i] ?? terminalWidth));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => [
    ...cells.map((lines) => lines[line] ?? ""),
    line === 0 ? paint(looks[ruling], ruling) : "",
  ]);
}
