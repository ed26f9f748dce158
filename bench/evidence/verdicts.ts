import { verdictsOf } from "../claims/index.ts";
import type { Verdict } from "../claims/verdict.ts";
import { calibratedText, isCalibrated, uncalibratedText } from "../report/calibration.ts";
import { formatDuration } from "../report/format.ts";
import { escapeMarkdown, markdownTable } from "../report/markdown-text.ts";
import { conditions } from "./markdown.ts";
import type { EvidencePage, PageOrder } from "./page.ts";
import { runBench } from "./run-bench.ts";
import { type RepeatedClaim, repeatedClaims, timesText } from "./verdict-repeats.ts";

const verdicts: EvidencePage = {
  name: "verdicts",
  summary:
    "whole runs, --repeats times: does any verdict turn into its opposite, do single trials lie as near as assumed",
  makesRuns: true,
  async make(order) {
    const measuredAt = new Date();
    const runs = await repeat(order);
    return { title: "The same verdicts again", ...pageOf(order, measuredAt, runs) };
  },
};

interface RepeatedRun {
  readonly verdicts: readonly Verdict[];
  /** One that is not gives no verdicts, so that none of them could turn. */
  readonly calibrated: boolean;
  /** What has to be known of it. */
  readonly remark: string;
}

async function repeat({ profile, repeats, interrupted, tell }: PageOrder): Promise<RepeatedRun[]> {
  const runs: RepeatedRun[] = [];
  while (runs.length < repeats) {
    const number = runs.length + 1;
    // Another order of the trials each time: what depends on it is not to be believed.
    const args = ["--profile", profile, "--seed", String(number)];
    tell(`run ${number} of ${repeats}: npm run bench -- ${args.join(" ")}`);
    const { run, folder } = await runBench(args, interrupted);
    tell(`run ${number} is kept in ${folder}`);
    const failed = run.trials.filter(({ outcome }) => outcome.state === "failed").length;
    const remark =
      `seed ${number}, ${formatDuration(run.durationMs)}, ${run.trials.length} trials of which ${failed} failed; ${run.environment.pinning}. ` +
      (uncalibratedText(run) ?? calibratedText(run) ?? "");
    runs.push({ verdicts: verdictsOf(run), calibrated: isCalibrated(run), remark });
  }
  return runs;
}

/** The page, of what several runs said. */
export function pageOf(
  { environment, profile, repeats }: Pick<PageOrder, "environment" | "profile" | "repeats">,
  measuredAt: Date,
  runs: readonly RepeatedRun[],
): { readonly blocks: readonly string[]; readonly holds: boolean } {
  const claims = repeatedClaims(runs.map((run) => run.verdicts));
  const contradicted = claims.filter((claim) => claim.contradicted);
  const tooFar = claims.flatMap(({ figures }) => figures.filter(({ holds }) => !holds));
  const ofProfile = profile === "quick" ? "" : ` --profile ${profile}`;
  return {
    blocks: [
      conditions(environment, `npm run evidence -- verdicts --repeats ${repeats}${ofProfile}`, measuredAt),
      `Whole runs of the \`${profile}\` profile, one after the other on the same machine, each with the trials in another ` +
        "order. A claim may be inconclusive in one and not in another; confirmed in one and refuted in another it may not be.",
      runs.map(({ remark }, index) => `- Run ${index + 1}: ${escapeMarkdown(remark)}`).join("\n"),
      rulingsTable(claims, runs.length),
      contradicted.length === 0
        ? "No claim was confirmed in one run and refuted in another."
        : `**Confirmed in one run and refuted in another: ${contradicted.map(({ claim }) => claim).join(", ")}.**`,
      "## How far the figures were apart",
      "Of every figure that a verdict rests on, the first of a claim being the one it is told by: the largest over the " +
        "smallest of the runs. Where there are fewer than six trials, the interval is assumed, by the nature of the figure " +
        "(`bench/claims/estimate.ts`): the true figure lies at most a factor away, so that two runs differ by at most that " +
        "factor twice over. A figure that differs by more shows that too little was assumed.",
      figuresTable(claims, runs.length),
      tooFar.length === 0
        ? "No figure differed by more than what is assumed of it."
        : `**Further apart than assumed: ${tooFar.map(({ what }) => escapeMarkdown(what)).join("; ")}.**`,
    ],
    holds: contradicted.length === 0 && tooFar.length === 0 && runs.every(({ calibrated }) => calibrated),
  };
}

function runTitles(runs: number): string[] {
  return Array.from({ length: runs }, (_, index) => `run ${index + 1}`);
}

function rulingsTable(claims: readonly RepeatedClaim[], runs: number): string {
  const titles = ["claim", ...runTitles(runs)];
  return markdownTable(
    titles,
    titles.map(() => "---" as const),
    claims.map(({ claim, rulings, contradicted }) => [contradicted ? `**${claim}**` : claim, ...rulings]),
  );
}

function figuresTable(claims: readonly RepeatedClaim[], runs: number): string {
  const titles = ["claim", "figure", ...runTitles(runs), "apart", "at most, as assumed", "holds"];
  return markdownTable(
    titles,
    titles.map(() => "---" as const),
    claims.flatMap(({ claim, figures }) =>
      figures.map(({ what, texts, spread, allowed, holds }) => [
        ...[claim, what, ...texts].map(escapeMarkdown),
        timesText(spread),
        timesText(allowed),
        allowed === undefined ? "–" : holds ? "yes" : "**no**",
      ]),
    ),
  );
}

export default verdicts;
