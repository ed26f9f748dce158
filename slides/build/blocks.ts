/** Placeholders that stand on a line of their own. */
import { type Html, html } from "../../bench/report/html-template.ts";
import { sources } from "../facts.ts";
import { latencySlide } from "../latency/slide.ts";
import { liveEmbed } from "../live/embed.ts";
import { chartFigure } from "./chart-figure.ts";
import { claimBlock, verdictBoard } from "./claim-blocks.ts";
import { type DeckRun, verdictNamed } from "./deck-run.ts";
import { type Filled, named, PlaceholderProblem } from "./placeholder.ts";
import { rowFigure } from "./row-figure.ts";

type Resolve = (deck: DeckRun, words: readonly string[]) => Filled | Promise<Filled>;

/** The list of placeholders that stand on a line of their own: one line each. */
export const blocks: Readonly<Record<string, Resolve>> = {
  claim: (deck, [name]) => claimBlock(verdictNamed(deck, name)),
  chart: ({ run, charts }, [name, ...arms]) =>
    chartFigure(run, named("the name of a chart", charts, name), arms),
  rows: ({ run }, words) => rowFigure(run, words),
  board: ({ verdicts }) => ({ html: verdictBoard(verdicts) }),
  live: ({ live }, [name]) => ({ html: livePage(live, name) }),
  latency: ({ run }) => ({ html: latencySlide(run) }),
  sources: () => ({
    html: html`<ul class="sources-list">${Object.values(sources).map(({ full }) => html`<li>${full}</li>\n`)}</ul>`,
  }),
};

function livePage(live: DeckRun["live"], name: string | undefined): Html {
  if (name === "dashboard" || name === "compare") return liveEmbed(name, live[name]);
  throw new PlaceholderProblem("dashboard or compare", name ?? "nothing");
}
