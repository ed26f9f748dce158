import type { Run } from "../../result.ts";
import { escapeMarkdown, markdownTable } from "../markdown-text.ts";
import { tablesOf } from "../tables.ts";

const scenarioName = "browser";
const figures = ["p50Ms", "p99Ms"];

/** How long a webhook takes to the page, over each transport. */
export function browserTable(run: Run): string {
  const found = tablesOf(run).find(({ scenario }) => scenario.name === scenarioName);
  const [table] = found?.tables ?? [];
  // No claim is judged by it, so a reference may do without.
  if (table === undefined)
    return `Not measured in run ${escapeMarkdown(run.id)}; \`npm run bench -- --profile standard --scenarios ${scenarioName}\` does it.`;
  const columns = table.columns.flatMap(({ figure, title }, index) =>
    figures.includes(figure) ? [{ index, title }] : [],
  );
  const rows = table.rows.map(({ arm, marks, figures: read }) => [
    escapeMarkdown(`${arm.name}${marks}`),
    ...columns.map(({ index }) => {
      if (typeof read === "string") return escapeMarkdown(read);
      const { text = "", spread } = read[index] ?? {};
      return escapeMarkdown(spread === undefined ? text : `${text} (${spread})`);
    }),
  ]);
  return [
    `${escapeMarkdown(table.caption)}, of run ${escapeMarkdown(run.id)}:`,
    markdownTable(
      ["server", ...columns.map(({ title }) => escapeMarkdown(title))],
      ["---", ...columns.map(() => "---:" as const)],
      rows,
    ),
    ...(table.remarks.length === 0
      ? []
      : [
          "<details>\n<summary>What has to be read with these figures</summary>",
          table.remarks.map((remark) => `- ${escapeMarkdown(remark)}`).join("\n"),
          "</details>",
        ]),
  ].join("\n\n");
}
