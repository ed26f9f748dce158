import type { Verdict } from "../claims/verdict.ts";
import type { Run } from "../result.ts";
import { escapeMarkdown, markdownTable } from "./markdown-text.ts";
import { verdictTable } from "./verdicts.ts";

/** What a run says of the claims, as blocks of Markdown. */
export function verdictBlocks(run: Run, verdicts: readonly Verdict[]): string[] {
  const { rows, counts, remarks, toSettle } = verdictTable(run, verdicts);
  const countsText = escapeMarkdown(counts);
  if (rows.length === 0) return ["## Verdicts", countsText];
  const table = markdownTable(
    ["claim", "2011 said", "measured here", "verdict"],
    ["---", "---", "---", "---"],
    rows.map(({ title, said2011, measured, ruling }) => [
      ...[title, said2011, measured].map(escapeMarkdown),
      `**${ruling}**`,
    ]),
  );
  const open = toSettle.map(
    ({ claims, settledBy }) => `- Settled by ${escapeMarkdown(settledBy)}: ${escapeMarkdown(claims)}`,
  );
  return [
    "## Verdicts",
    `**${countsText}**`,
    table,
    ...[[...remarks.map((remark) => `- ${escapeMarkdown(remark)}`), ...open]]
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join("\n")),
  ];
}
