/** A chart on a slide: its picture as large as can be, without the title that the slide has, and what has to stand with it. */
import type { TopLevelSpec } from "vega-lite";
import type { Chart } from "../../bench/charts/chart.ts";
import { compiled, drawSvg } from "../../bench/charts/drawing/draw.ts";
import { Html, html } from "../../bench/report/html-template.ts";
import type { Run } from "../../bench/result.ts";
import { notMeasured } from "./deck-run.ts";
import { PlaceholderProblem } from "./placeholder.ts";

/** The chart of a run, or of a few of its servers or arms; a sentence where the run has nothing for it. */
export async function chartFigure(run: Run, chart: Chart, arms: readonly string[]): Promise<Html> {
  const picture = chart.picture(arms.length === 0 ? run : runOf(run, chart, arms));
  if (picture === undefined)
    return html`<p class="absent">The chart of ${chart.scenario} stands here: ${notMeasured}.</p>`;
  const svg = await drawSvg(compiled({ ...picture.spec, title: undefined }));
  return html`<figure class="chart">
<div role="img" aria-label="${chart.description}">${new Html(ownIds(withoutStyle(svg), chart.name))}</div>
<figcaption>${captionOf(picture.spec.title)}</figcaption>
</figure>`;
}

/** The run as if only these had been measured. What is left out of a slide stands in the report. */
function runOf(run: Run, { scenario }: Chart, arms: readonly string[]): Run {
  const shown = run.scenarios.find(({ name }) => name === scenario);
  const known = (shown?.arms ?? run.servers).map(({ name }) => name);
  const unknown = shown === undefined ? undefined : arms.find((arm) => !known.includes(arm));
  if (unknown !== undefined)
    throw new PlaceholderProblem(`arms of ${scenario}, out of ${known.join(", ")}`, unknown);
  const keep = ({ name }: { readonly name: string }) => arms.includes(name);
  return {
    ...run,
    servers: shown?.arms === undefined ? run.servers.filter(keep) : run.servers,
    scenarios: run.scenarios.map((each) =>
      each.name === scenario && each.arms !== undefined ? { ...each, arms: each.arms.filter(keep) } : each,
    ),
    trials: run.trials.filter((trial) => trial.scenario !== scenario || arms.includes(trial.arm)),
  };
}

/** What the chart itself says below its title: how to read it, conditions, and how sure. */
function captionOf(title: TopLevelSpec["title"]): string {
  if (typeof title !== "object" || title === null || !("subtitle" in title)) return "";
  const { subtitle } = title;
  return Array.isArray(subtitle) ? subtitle.join(" ") : String(subtitle ?? "");
}

/** The page has the rules for dark schemes once. */
function withoutStyle(svg: string): string {
  return svg.replace(/<style>[\s\S]*?<\/style>/, "");
}

/** Several pictures on one page must not find each other's clips. */
function ownIds(svg: string, name: string): string {
  return svg.replace(/ id="([^"]+)"/g, ` id="${name}-$1"`).replace(/url\(#([^)]+)\)/g, `url(#${name}-$1)`);
}
