import type { FigureSummary } from "../../report/cells.ts";
import type { Unit } from "../../result.ts";
import { summaryText } from "./summary-text.ts";

/** What a page says of a mark that is pointed at: the data of the mark name these fields, as they are read. */
export interface Tip {
  readonly figure: string;
  /** With its interval and n. */
  readonly value: string;
  readonly state: string;
}

/** The channel of a mark whose data are tips; `about` names the field that says what each is about. */
export function tooltip(about: "server" | "arm" = "server") {
  return [about, "figure", "value", "state"].map((field) => ({
    field,
    type: "nominal" as const,
    title: field,
  }));
}

/** What a page says of a figure; `notices` are what its marks mean. */
export function figureTip(
  figure: string,
  summary: FigureSummary,
  unit: Unit,
  notices: readonly string[],
): Tip {
  const state = notices.length === 0 ? "completed" : notices.join("; ");
  return { figure, value: summaryText(summary, unit), state };
}
