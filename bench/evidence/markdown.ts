import { escapeMarkdown, markdownTable as tableOf } from "../report/markdown-text.ts";
import type { Environment } from "../result.ts";

/** A table: the first column holds texts, all others figures. */
export function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  return tableOf(
    titles,
    titles.map((_, column) => (column === 0 ? "---" : "---:")),
    rows,
  );
}

/** Milliseconds to a hundredth, which is what the rule can tell apart. */
export function milliseconds(value: number | undefined): string {
  return value === undefined
    ? "–"
    : value.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** Where, when and with what a page was measured. */
export function conditions(environment: Environment, command: string, measuredAt: Date): string {
  const { cpu, cores, kernel, node, packages, commit, build, pinning, loadAverage } = environment;
  return [
    `- Measured ${measuredAt.toISOString()} by \`${command}\`; this page is written by it, none of it by hand.`,
    `- ${escapeMarkdown(`${cpu}, ${cores} cores, kernel ${kernel}; load average before: ${loadAverage.toFixed(2)}.`)}`,
    `- ${escapeMarkdown(`Node.js ${node}, autocannon ${packages.autocannon}; ${pinning}.`)}`,
    `- Commit ${commit ?? "unknown"}, build ${build}.`,
  ].join("\n");
}
