import { type ConcatView, chartWidth } from "./layout.ts";
import { softInk } from "./palette.ts";
import { fitLines } from "./text-width.ts";

const fontSize = 11;
const lineHeight = 15;

/** Sentences in lines that fit the width of a chart. */
export function footnoteLines(footnotes: readonly string[]): string[] {
  return footnotes.flatMap((footnote) => fitLines(footnote, fontSize, chartWidth));
}

/** Lines of text below a plot of this width, beginning at `x`. */
export function textView(lines: readonly string[], width: number, x: number): ConcatView {
  return {
    width,
    height: lines.length * lineHeight,
    data: { values: lines.map((text, i) => ({ text, y: i * lineHeight + 6 })) },
    mark: { type: "text", align: "left", fontSize, color: softInk },
    encoding: {
      x: { value: x },
      y: { field: "y", type: "quantitative", scale: null, axis: null },
      text: { field: "text" },
    },
  };
}
