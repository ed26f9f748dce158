import type { FigureSummary } from "../../report/cells.ts";
import { type SpreadKind, spreadKind } from "../../report/trials-text.ts";
import { fewestForInterval } from "../../stats/median-interval.ts";

const kinds: Readonly<Record<Exclude<SpreadKind, "none">, string>> = {
  range: "range of the trials",
  interval: "95 % interval of the median",
  both: `95 % interval of the median, or the range of fewer than ${fewestForInterval} trials`,
};

/** What a band or bar around figures is: ` Band: 95 % interval of the median.`; empty where there is none. */
export function spreadWords(
  what: "Band" | "Bar" | "Band and bars",
  summaries: readonly FigureSummary[],
): string {
  const kind = spreadKind(summaries);
  if (kind === "none") return "";
  const unseen = what === "Bar" ? "; where none shows, it is narrower than the symbol" : "";
  return ` ${what}: ${kinds[kind]}${unseen}.`;
}
