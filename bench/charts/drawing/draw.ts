import { parse, type Spec, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { compactSvg } from "./compact-svg.ts";
import { darkStyle } from "./dark.ts";
import { measureTextAlike } from "./text-metrics.ts";

measureTextAlike();

/** Control characters, which a message may hold, save those that XML 1.0 has a place for (section 2.2). */
const withoutPlace = /(?![\t\n\r])\p{Cc}/gu;

/** A chart in the grammar that draws it. */
export function compiled(spec: TopLevelSpec): Spec {
  return compile(spec).spec;
}

/** Draws a chart as SVG, without a browser. The picture changes its colours where the reader prefers a dark scheme. */
export async function drawSvg(spec: Spec): Promise<string> {
  // Vega numbers the rows of its data, in place.
  const view = new View(parse(structuredClone(spec)), { renderer: "none" });
  try {
    const svg = compactSvg((await view.toSVG()).replace(withoutPlace, ""));
    return `${svg.replace(/^<svg[^>]*>/, (start) => `${start}<style>${darkStyle("svg")}</style>`)}\n`;
  } finally {
    view.finalize();
  }
}
