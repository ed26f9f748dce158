import type { FigureSummary } from "../../report/cells.ts";
import { type SpreadKind, spreadKind } from "../../report/trials-text.ts";
import { fewestForInterval } from "../../stats/median-interval.ts";

/** What the bars behind the symbols of these figures are. Begins with a space; empty where there are no bars. */
export function barText(summaries: readonly (FigureSummary | undefined)[]): string {
  return barTexts[spreadKind(summaries.filter((summary) => summary !== undefined))];
}

const unseen = "; where none shows, it is narrower than the symbol.";

const barTexts: Readonly<Record<SpreadKind, string>> = {
  none: "",
  range: ` Bar: range of the trials${unseen}`,
  interval: ` Bar: 95 % interval of the median${unseen}`,
  both: ` Bar: 95 % interval of the median, or the range of fewer than ${fewestForInterval} trials${unseen}`,
};
