import { counted } from "../format.ts";
import { escapeMarkdown, markdownTable } from "../markdown-text.ts";
import type { Comparison } from "./compare.ts";
import { differingFigures } from "./counts.ts";
import { figureText } from "./figure-text.ts";
import type { ComparedFigure } from "./figures.ts";
import { countLines, limits, method, noticesOn, runLines, verdictCounts } from "./sentences.ts";

/** So many differences of a scenario stand in the summary; the page has all figures. */
const mostOfScenario = 20;

/** A comparison as Markdown, for a pull request: what differs between the runs, verdicts, and the figures that differ. */
export function markdownComparison(comparison: Comparison): string {
  const { circumstances } = comparison;
  const blocks = [
    "# Two runs compared",
    runLines(comparison)
      .map((line) => `- ${escapeMarkdown(line)}`)
      .join("\n"),
    ...noticesOn(comparison).map(({ word, text }) => `> **${word}** ${escapeMarkdown(text)}`),
    "## Verdicts",
    ...verdictBlocks(comparison),
    "## What the figures come to",
    ...countLines(comparison).map(escapeMarkdown),
    ...differenceBlocks(comparison),
    "## What differs between the runs",
    markdownTable(
      ["what", "A", "B"],
      ["---", "---", "---"],
      circumstances.differ.map(({ name, a, b }) => [name, a, b].map(escapeMarkdown)),
    ),
    `Alike: ${escapeMarkdown(circumstances.alike.join(", "))}.`,
    "## How it was compared, and what it does not say",
    escapeMarkdown(method),
    limits.map((limit) => `- ${escapeMarkdown(limit)}`).join("\n"),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function verdictBlocks({ verdicts: { changed, alike, onlyIn } }: Comparison): string[] {
  const rows = changed.map(({ title, a, b }) => [
    escapeMarkdown(title),
    ...[a, b].map(({ ruling, measured }) => `**${ruling}**, ${escapeMarkdown(measured)}`),
  ]);
  return [
    ...(rows.length === 0 ? [] : [markdownTable(["claim", "A", "B"], ["---", "---", "---"], rows)]),
    escapeMarkdown(verdictCounts({ changed, alike, onlyIn })),
  ];
}

/** Scenario by scenario, what answers its question first; each the surest and largest first. */
function differenceBlocks(comparison: Comparison): string[] {
  const differing = differingFigures(comparison);
  const order = ({ role }: ComparedFigure) => (role === "answer" ? 0 : 1);
  return comparison.scenarios.flatMap(({ scenario: { name }, apart }) => {
    const own = differing.filter(({ scenario }) => scenario === name).toSorted((x, y) => order(x) - order(y));
    if (own.length === 0 && apart.length === 0) return [];
    const left = own.length - mostOfScenario;
    const table = markdownTable(
      ["figure", "A", "B", "B/A (95 %)", ""],
      ["---", "---:", "---:", "---:", "---"],
      own.slice(0, mostOfScenario).map((figure) => {
        const { what, a, b, change, word } = figureText(figure);
        return [what, a, b, change, word].map(escapeMarkdown);
      }),
    );
    return [
      `### ${escapeMarkdown(name)}`,
      ...(own.length === 0 ? [] : [table]),
      ...(left > 0 ? [`${counted(left, "smaller difference")} more in comparison.html.`] : []),
      ...(apart.length === 0 ? [] : [apart.map((sentence) => `- ${escapeMarkdown(sentence)}`).join("\n")]),
    ];
  });
}
