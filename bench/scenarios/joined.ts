import type { Costs } from "./scenario.ts";

/** Several costs as one: all their columns, figures and notes, in this order. */
export function joined(...parts: readonly Costs[]): Costs {
  return {
    columns: parts.flatMap(({ columns }) => columns),
    figures: (measured) => {
      const all = parts.map((part) => part.figures(measured));
      return {
        figures: Object.assign({}, ...all.map(({ figures }) => figures)),
        notes: all.flatMap(({ notes }) => notes),
      };
    },
  };
}
