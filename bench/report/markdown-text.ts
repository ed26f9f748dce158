/** Text that Markdown would take for markup, or for the end of a table cell, made plain; always one line. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}

/** A line of a table, of cells that are Markdown already. */
export function tableLine(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** A whole table; `---:` among the alignments sets a column to the right. */
export function markdownTable(
  titles: readonly string[],
  alignments: readonly ("---" | "---:")[],
  rows: readonly (readonly string[])[],
): string {
  return [titles, alignments, ...rows].map(tableLine).join("\n");
}
