import { SaxesParser } from "saxes";
import { compiled, drawSvg } from "../../../bench/charts/drawing/draw.ts";
import { charts } from "../../../bench/charts/index.ts";
import type { Run } from "../../../bench/result.ts";

/** The text of an SVG, one entry an element; throws when it is not well-formed. */
export function textsOf(svg: string): string[] {
  const texts: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("text", (text) => {
    if (text.trim() !== "") texts.push(text);
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(svg).close();
  return texts;
}

/** The text of a chart as it is drawn; none where the run has nothing for it. */
export async function textsOfChart(run: Run, name: keyof typeof charts): Promise<string[]> {
  const picture = (await charts[name]()).default.picture(run);
  return picture === undefined ? [] : textsOf(await drawSvg(compiled(picture.spec)));
}
