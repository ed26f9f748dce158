import { stripVTControlCharacters } from "node:util";
import { wrap } from "./wrap.ts";

export interface TextColumn {
  readonly title: string;
  readonly align: "left" | "right";
}

/** Cells of a row as text; in a row with fewer cells than columns the last one runs on over those that are left. */
export type TextRow = readonly string[];

/** No line is wider than this. */
export const terminalWidth = 100;

const gap = "  ";
/** A longer title is broken at spaces, so that titles do not make a table wide. */
const titleWidth = 14;

/** Aligned columns under a ruled header, without trailing spaces; escape sequences take no width. */
export function textTable(columns: readonly TextColumn[], rows: readonly TextRow[]): string[] {
  const titles = columns.map(({ title }) => wrap(title, titleWidth));
  const height = Math.max(...titles.map((lines) => lines.length));
  const header = Array.from({ length: height }, (_, line) =>
    titles.map((lines) => lines[line - (height - lines.length)] ?? ""),
  );
  const sized = [...header, ...rows.map((row) => (row.length < columns.length ? row.slice(0, -1) : row))];
  const widths = columns.map((_, i) => Math.max(...sized.map((row) => visibleWidth(row[i] ?? ""))));
  const layOut = (row: TextRow) =>
    row
      .map((text, i) => {
        const space = " ".repeat(Math.max(0, (widths[i] ?? 0) - visibleWidth(text)));
        return columns[i]?.align === "right" && row.length === columns.length ? space + text : text + space;
      })
      .join(gap)
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join(gap);
  return [...header.map(layOut), rule, ...rows.map(layOut)];
}

function visibleWidth(text: string): number {
  return stripVTControlCharacters(text).length;
}
