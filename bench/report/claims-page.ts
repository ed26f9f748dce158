import type { Assertion, Claim } from "../claims/claim.ts";
import { Evidence } from "../claims/evidence.ts";
import { escapeMarkdown, markdownTable } from "./markdown-text.ts";
import { numbersText, slidesText, wantedText } from "./verdicts.ts";

/** What an assertion wants does not depend on what was measured. */
const nothing = new Evidence({ servers: [], scenarios: [], trials: [] });

/** The claims as a page of Markdown: all of them that needs no run. */
export function claimsPage(claims: readonly Claim[]): string {
  const blocks = [
    "# The claims",
    "What the talk “The Evented Web” of November 2011 claims, made testable: each with what it says, what has to be known " +
      "to follow, how it is tested, and where the thresholds lie and why. What a run says of them stands in its `summary.md`, " +
      "`report.html` and `verdicts.json`. A claim is confirmed when the whole interval of every figure it rests on lies where " +
      "the claim would have it, refuted when that of one lies wholly elsewhere, and inconclusive otherwise.",
    "This page is written by `npm run claims` from the files beside it.",
    overview(claims),
    ...claims.flatMap(claimBlocks),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function overview(claims: readonly Claim[]): string {
  return markdownTable(
    ["claim", "slides", "2011 said"],
    ["---", "---", "---"],
    claims.map(({ name, title, slides, said2011 }) => [
      `[${escapeMarkdown(title)}](#${name})`,
      numbersText(slides),
      escapeMarkdown(said2011),
    ]),
  );
}

function claimBlocks(claim: Claim): string[] {
  const { name, title, slides, said2011, statement, background, method, scenarios, wouldChange } = claim;
  return [
    `<a id="${name}"></a>`,
    `## ${escapeMarkdown(title)}`,
    `[\`${name}\`](${name}.ts), ${slidesText(slides)}. 2011 said: **${escapeMarkdown(said2011)}**`,
    escapeMarkdown(statement),
    escapeMarkdown(background),
    `**How it is tested.** ${escapeMarkdown(method)} (${scenarios.map((scenario) => `\`${scenario}\``).join(", ")})`,
    "**What has to hold.**",
    claim.judge(nothing).assertions.map(assertionLine).join("\n"),
    `**What would change the verdict.** ${escapeMarkdown(wouldChange)}`,
  ];
}

function assertionLine(assertion: Assertion): string {
  const { what, because } = assertion;
  return `- ${escapeMarkdown(`${what}: ${wantedText(assertion)}`)}. ${escapeMarkdown(asSentences(because))}`;
}

/** Reasons stand alone in a table elsewhere; here they follow a full stop. */
function asSentences(text: string): string {
  const sentences = text.replace(/^[“"]?\p{Ll}/u, (first) => first.toUpperCase());
  return /[.!?…]$/.test(sentences) ? sentences : `${sentences}.`;
}
