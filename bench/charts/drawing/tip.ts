import { type FigureSummary, spreadOf } from "../../report/cells.ts";
import { formatFigure, formatRange } from "../../report/format.ts";
import type { Unit } from "../../result.ts";

/** What an interactive page shows of a mark that is pointed at. */
export interface Tip {
  readonly title: string;
  readonly figure: string;
  readonly interval: string;
  readonly n: string;
  readonly state: string;
}

/** The encoding of a mark whose data are tips. */
export const tipFields = (["title", "figure", "interval", "n", "state"] as const).map((field) => ({
  field,
  type: "nominal" as const,
  title: field,
}));

/** A figure as a tip; `state` is what its marks mean, or `completed`. */
export function figureTip(title: string, summary: FigureSummary, unit: Unit, state: readonly string[]): Tip {
  const { n, interval } = summary;
  const { low, high } = spreadOf(summary);
  return {
    title,
    figure: formatFigure(summary.median, unit),
    interval:
      n === 1
        ? "none of one trial"
        : `${formatRange(low, high, unit)} (${interval === undefined ? "range of the trials" : "95 %"})`,
    n: `${n}`,
    state: state.length === 0 ? "completed" : state.join("; "),
  };
}
