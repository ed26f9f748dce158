import { parse, textMetrics, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { textWidth } from "./text-width.ts";

declare module "vega" {
  /** How Vega measures text; its types leave it out. */
  export const textMetrics: {
    width(item: { readonly fontSize?: number }, text: unknown): number;
  };
}

// Without a canvas Vega takes every character for 0.8 em wide, which leaves a third of a picture empty.
textMetrics.width = (item, text) => textWidth(String(text ?? ""), item.fontSize ?? 11);

/** Draws a chart as SVG, without a browser. */
export async function drawSvg(spec: TopLevelSpec): Promise<string> {
  const view = new View(parse(compile(spec).spec), { renderer: "none" });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}
