import { compiled, drawSvg } from "../../../bench/charts/drawing/draw.ts";
import { charts } from "../../../bench/charts/index.ts";
import type { Run } from "../../../bench/result.ts";
import { textsOfSvg } from "../fixtures/texts-of-svg.ts";

/** The text of a chart as it is drawn; none where the run has nothing for it. */
export async function textsOfChart(run: Run, name: keyof typeof charts): Promise<string[]> {
  const picture = (await charts[name]()).default.picture(run);
  return picture === undefined ? [] : textsOfSvg(await drawSvg(compiled(picture.spec)));
}
