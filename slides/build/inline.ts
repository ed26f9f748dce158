/** Placeholders that stand in a sentence. */
import { labNames } from "../../bench/labs/index.ts";
import { html } from "../../bench/report/html-template.ts";
import { noticesOf } from "../../bench/report/notices.ts";
import { machineText } from "../../bench/report/run-text.ts";
import { estimateText } from "../../bench/report/verdicts.ts";
import type { Run } from "../../bench/result.ts";
import { serverNames } from "../../servers/index.ts";
import { facts, sourceText } from "../facts.ts";
import { type DeckRun, verdictNamed } from "./deck-run.ts";
import { marksOf } from "./marks.ts";
import { type Filled, named, PlaceholderProblem } from "./placeholder.ts";
import { figureOf, ratioOf, type Shown } from "./readings.ts";

type Resolve = (deck: DeckRun, words: readonly string[]) => Filled;

/** The list of placeholders that stand in a sentence: one line each. */
export const inlines: Readonly<Record<string, Resolve>> = {
  figure: ({ run }, words) => shown(figureOf(run, words)),
  ratio: ({ run }, words) => shown(ratioOf(run, words)),
  measured: (deck, [claim]) => text(estimateText(verdictNamed(deck, claim).findings[0])),
  finding: (deck, [claim, what]) => text(findingText(deck, claim, what)),
  verdict: (deck, [claim]) => text(verdictNamed(deck, claim).ruling),
  said: (deck, [claim]) => text(verdictNamed(deck, claim).claim.said2011),
  count: (deck, [what]) => text(countOf(deck, what)),
  fact: (_, [name]) => factOf(name),
  conditions: ({ run }) => text(conditionsOf(run)),
};

/** Where and when, and before that whether it may be believed. */
function conditionsOf(run: Run): string {
  return [...noticesOf(run).map(({ word }) => word), machineText(run)].join(" ");
}

function text(words: string): Filled {
  return { html: html`<span class="figure">${words}</span>` };
}

function shown({ text: words, closer, isMeasured, cells }: Shown): Filled {
  const marks = marksOf(cells);
  const mark = marks === "" ? undefined : html`<sup>${marks}</sup>`;
  return {
    html: html`<span class="${isMeasured ? "figure" : "figure none"}" title="${closer}">${words}${mark}</span>`,
    cells,
  };
}

/** Any figure that a verdict rests on or that stands beside it, by what it is of. */
function findingText(deck: DeckRun, claim: string | undefined, what: string | undefined): string {
  const { claim: about, findings, beside } = verdictNamed(deck, claim);
  const all = [...findings, ...beside].map((finding) => ({ name: finding.what, finding }));
  const isKnown = all.some(({ name }) => name === what);
  // Which figures stand beside a claim depends on the points that were measured.
  if (
    !isKnown &&
    !about.scenarios.every((name) => deck.run.scenarios.some((scenario) => scenario.name === name))
  )
    return "not measured";
  return estimateText(named(`a figure of ${claim}`, all, what).finding);
}

function countOf({ verdicts }: DeckRun, what: string | undefined): string {
  const counts: Readonly<Record<string, number>> = {
    claims: verdicts.length,
    servers: serverNames.length,
    labs: labNames.length,
    confirmed: verdicts.filter(({ ruling }) => ruling === "confirmed").length,
    refuted: verdicts.filter(({ ruling }) => ruling === "refuted").length,
    inconclusive: verdicts.filter(({ ruling }) => ruling === "inconclusive").length,
  };
  const count = counts[what ?? ""];
  if (count !== undefined) return String(count);
  throw new PlaceholderProblem(`what to count, one of ${Object.keys(counts).join(", ")}`, what ?? "nothing");
}

function factOf(name: string | undefined): Filled {
  const list = Object.entries(facts).map(([key, fact]) => ({ name: key, fact }));
  const { value, source } = named("a fact of slides/facts.ts", list, name).fact;
  return { html: html`<span class="figure">${value}</span>`, sources: [sourceText(source)] };
}
