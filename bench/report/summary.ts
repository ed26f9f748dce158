import type { Verdict } from "../claims/verdict.ts";
import type { Run } from "../result.ts";
import { calibratedText } from "./calibration.ts";
import { escapeMarkdown } from "./markdown-text.ts";
import { noticesOf } from "./notices.ts";
import { machineText, unavailableText } from "./run-text.ts";
import { scenarioBlock, type Told } from "./summary-scenarios.ts";
import { verdictBlocks } from "./summary-verdicts.ts";
import { tablesOf } from "./tables.ts";

/** GitHub refuses a longer comment: "body is too long (maximum is 65536 characters)". */
export const mostCharacters = 65_536;

/** From all there is to what answers the questions alone; the first that is short enough is taken. */
const shortenings: readonly { readonly told: Told; readonly leftOut: readonly string[] }[] = [
  { told: { costs: true, words: true }, leftOut: [] },
  { told: { costs: false, words: true }, leftOut: ["what the answers cost"] },
  { told: { costs: false, words: false }, leftOut: ["what the answers cost", "conditions and remarks"] },
];

/** The results of a run as Markdown, for a pull request: never longer than a comment may be. */
export function markdownSummary(run: Run, verdicts: readonly Verdict[]): string {
  const beside = [calibratedText(run), unavailableText(run)].filter((text) => text !== undefined);
  const head = [
    "# The Evented Web, measured",
    ...noticesOf(run).map(({ word, text }) => `> **${word}** ${escapeMarkdown(text)}`),
    ...verdictBlocks(run, verdicts),
    escapeMarkdown([machineText(run), ...beside].join(" ")),
  ];
  const scenarios = tablesOf(run);
  for (const { told, leftOut } of shortenings) {
    const text = joined([
      ...head,
      ...leftOutBlocks(leftOut),
      ...scenarios.map((tables) => scenarioBlock(tables, told)),
    ]);
    if (text.length < mostCharacters) return text;
  }
  return withoutTheLast(
    head,
    scenarios.map((tables) => scenarioBlock(tables, { costs: false, words: false })),
  );
}

/** As many of the scenarios, in their order, as there is room for. */
function withoutTheLast(head: readonly string[], scenarios: readonly string[]): string {
  for (let count = scenarios.length - 1; count > 0; count -= 1) {
    const cut = `the last ${scenarios.length - count} of ${scenarios.length} scenarios`;
    const note = leftOutBlocks(["what the answers cost", "conditions and remarks", cut]);
    const text = joined([...head, ...note, ...scenarios.slice(0, count)]);
    if (text.length < mostCharacters) return text;
  }
  return joined([...head, ...leftOutBlocks(["all tables"])]);
}

function leftOutBlocks(leftOut: readonly string[]): string[] {
  if (leftOut.length === 0) return [];
  return [`Left out for length, and in \`report.html\`: ${leftOut.join("; ")}.`];
}

function joined(blocks: readonly string[]): string {
  return `${blocks.join("\n\n")}\n`;
}
