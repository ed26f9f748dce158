/** A chart on a slide: its picture as large as can be, without the title that the slide has. */
import type { TopLevelSpec } from "vega-lite";
import type { Chart } from "../../bench/charts/chart.ts";
import { compiled, drawSvg } from "../../bench/charts/drawing/draw.ts";
import { labs } from "../../bench/labs/index.ts";
import { Html, html } from "../../bench/report/html-template.ts";
import { shortMachineText } from "../../bench/report/run-text.ts";
import type { Run } from "../../bench/result.ts";
import { serverNames } from "../../servers/index.ts";
import { notMeasured } from "./deck-run.ts";
import { type Filled, PlaceholderProblem } from "./placeholder.ts";

/** What a slide has to offer, in its pixels: the room, and the smallest text that the last row reads. */
const room = { width: 1160, height: 496 };
const smallestText = 18.2;

/** The smallest text that charts have: room that is set aside for it grows as it does. */
const smallestDrawn = 10;

/** Larger text makes a picture larger, and its scale smaller: it has settled after a few turns. */
const turns = 6;

/** The chart of a run, or of a few of its servers or arms; a sentence where the run has nothing for it. */
export async function chartFigure(run: Run, chart: Chart, arms: readonly string[]): Promise<Filled> {
  const shown = arms.length === 0 ? run : runOf(run, arms);
  const picture = chart.picture(shown);
  if (picture === undefined)
    return {
      html: html`<p class="absent">The chart of ${chart.scenario} stands here: ${notMeasured}.</p>`,
    };
  const svg = await legibleSvg({ ...picture.spec, title: undefined, padding: 2 });
  const { conditions, howToRead } = captionOf(shown, picture.spec.title);
  return {
    aside: `How to read it: ${chart.description} ${howToRead}`.trim(),
    html: html`<figure class="chart">
<div role="img" aria-label="${chart.description}">${new Html(ownIds(withoutStyle(svg), chart.name))}</div>
<figcaption>${conditions}</figcaption>
</figure>`,
  };
}

/** Drawn so that its smallest text is large enough when the picture fills the room. */
async function legibleSvg(spec: TopLevelSpec): Promise<string> {
  let least = 0;
  for (let turn = 1; ; turn += 1) {
    const svg = await drawSvg(compiled(withText(spec, least)));
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
    const scale = Math.min(room.width / Number(width), room.height / Number(height));
    const sizes = [...svg.matchAll(/font-size="([\d.]+)px"/g)].map(([, size]) => Number(size));
    if (turn === turns || Math.min(...sizes) * scale >= smallestText) return svg;
    least = Math.ceil((10 * smallestText) / scale) / 10;
  }
}

/** The same with no text smaller than this. */
function withText<Part>(spec: Part, least: number): Part {
  return JSON.parse(
    JSON.stringify(spec, (key, value: unknown) =>
      typeof value !== "number"
        ? value
        : /fontSize$/i.test(key)
          ? Math.max(value, least)
          : /^m(?:in|ax)Extent$/.test(key)
            ? value * Math.max(1, least / smallestDrawn)
            : value,
    ),
  );
}

/** The run as if only these had been measured, where any of them was. What is left out stands in the report. */
function runOf(run: Run, arms: readonly string[]): Run {
  const armsOf = new Map(
    run.scenarios.map(({ name, arms }) => [name, (arms ?? run.servers).map((arm) => arm.name)]),
  );
  const ofLabs = labs.flatMap((lab) => lab.arms.map(({ name }) => name));
  const known = [...new Set([...armsOf.values(), serverNames, ofLabs].flat())];
  const unknown = arms.find((arm) => !known.includes(arm));
  if (unknown !== undefined)
    throw new PlaceholderProblem(`servers or arms, out of ${known.join(", ")}`, unknown);
  const keep = ({ name }: { readonly name: string }) => arms.includes(name);
  const concerns = (names: readonly string[] = []) => names.some((name) => arms.includes(name));
  return {
    ...run,
    servers: run.servers.some(keep) ? run.servers.filter(keep) : run.servers,
    scenarios: run.scenarios.map((each) =>
      each.arms?.some(keep) ? { ...each, arms: each.arms.filter(keep) } : each,
    ),
    trials: run.trials.filter(({ scenario, arm }) => arms.includes(arm) || !concerns(armsOf.get(scenario))),
  };
}

/** What the chart says below its title: how to read it, and then machine, network and trials. */
function captionOf(run: Run, title: TopLevelSpec["title"]): { conditions: string; howToRead: string } {
  const subtitle = typeof title === "object" && title !== null && "subtitle" in title ? title.subtitle : "";
  const text = Array.isArray(subtitle) ? subtitle.join(" ") : String(subtitle ?? "");
  const start = text.indexOf(shortMachineText(run));
  const warning = /\w+: $/.exec(text.slice(0, Math.max(start, 0)))?.[0] ?? "";
  const from = Math.max(0, start - warning.length);
  return { conditions: text.slice(from), howToRead: text.slice(0, from).trim() };
}

/** The page has the rules for dark schemes once. */
function withoutStyle(svg: string): string {
  return svg.replace(/<style>[\s\S]*?<\/style>/, "");
}

/** Several pictures on one page must not find each other's clips. */
function ownIds(svg: string, name: string): string {
  return svg.replace(/ id="([^"]+)"/g, ` id="${name}-$1"`).replace(/url\(#([^)]+)\)/g, `url(#${name}-$1)`);
}
