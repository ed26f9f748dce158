import type { Assertion, Beside } from "../claims/claim.ts";
import { assumedFactors, type Estimate, isMissing, type Missing } from "../claims/estimate.ts";
import type { Ruling, Verdict } from "../claims/verdict.ts";
import type { Run } from "../result.ts";
import { fewestForInterval } from "../stats/median-interval.ts";
import { counted, formatEstimate, formatThreshold } from "./format.ts";

/** What a run says of the claims, as the terminal, the page and the summary all show it. */
export interface VerdictTable {
  /** Claims that the run has something to say of, in their order. */
  readonly rows: readonly VerdictRow[];
  /** How many of each ruling, and how many claims the run says nothing of. */
  readonly counts: string;
  /** What has to be read with the figures, as sentences. */
  readonly remarks: readonly string[];
  /** For the inconclusive ones of the rows. */
  readonly toSettle: readonly ToSettle[];
}

export interface VerdictRow {
  readonly verdict: Verdict;
  /** The claim, with its slides: `Polling asks in vain (slide 4)`. */
  readonly title: string;
  readonly said2011: string;
  /** The estimate of the leading finding: `195× (188–203)`. */
  readonly measured: string;
  readonly ruling: Ruling;
}

/** What would settle some of the claims. */
export interface ToSettle {
  /** Their titles, in quotes, or that all of the open ones are meant. */
  readonly claims: string;
  readonly settledBy: string;
}

export function verdictTable(run: Run, verdicts: readonly Verdict[]): VerdictTable {
  const shown = verdicts.filter((verdict) => hasEvidence(verdict) || wasTried(verdict, run));
  return {
    rows: shown.map((verdict): VerdictRow => {
      const { claim, findings, ruling } = verdict;
      const title = `${claim.title} (${slidesText(claim.slides)})`;
      return { verdict, title, said2011: claim.said2011, measured: estimateText(findings[0]), ruling };
    }),
    counts: countsText(shown, verdicts.length - shown.length),
    remarks: shown.some(({ findings }) => isAssumed(findings[0].estimate)) ? [assumedRemark] : [],
    toSettle: toSettle(shown),
  };
}

/** Whether the run has measured anything that the claim is judged by. */
function hasEvidence({ findings }: Verdict): boolean {
  return findings.some(({ estimate }) => !isMissing(estimate));
}

/** Whether the run set out to measure it, and came to nothing: why is then worth a line. */
function wasTried({ claim }: Verdict, { trials }: Run): boolean {
  const ofClaim = trials.filter(({ scenario }) => claim.scenarios.includes(scenario));
  return (
    claim.scenarios.every((name) => ofClaim.some(({ scenario }) => scenario === name)) &&
    ofClaim.some(({ outcome }) => outcome.state !== "completed" || outcome.generatorBound)
  );
}

function countsText(shown: readonly Verdict[], others: number): string {
  if (shown.length === 0)
    return "No claim of the talk has evidence in this run; `npm run bench` measures all of them.";
  const rulings = (["confirmed", "refuted", "inconclusive"] as const).map((ruling) => {
    const count = shown.filter((verdict) => verdict.ruling === ruling).length;
    return `${count} ${ruling}`;
  });
  const left = others === 0 ? "" : `; ${others} more without evidence in this run`;
  return `${counted(shown.length, "claim")}: ${rulings.join(", ")}${left}.`;
}

function toSettle(verdicts: readonly Verdict[]): ToSettle[] {
  const groups = new Map<string, string[]>();
  for (const { claim, open } of verdicts) {
    if (open === undefined) continue;
    groups.set(open.settledBy, [...(groups.get(open.settledBy) ?? []), claim.title]);
  }
  return [...groups].map(([settledBy, titles]) => ({
    settledBy,
    claims:
      groups.size === 1 && titles.length > 1 ? "all of them" : titles.map((title) => `“${title}”`).join(", "),
  }));
}

/** `slide 4`, `slides 1, 41–48`. */
export function slidesText(slides: readonly number[]): string {
  return `${slides.length === 1 ? "slide" : "slides"} ${numbersText(slides)}`;
}

/** `1, 30, 31, 41–48`: three or more in a row as the first and the last. */
export function numbersText(numbers: readonly number[]): string {
  const rows: number[][] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const row = rows.at(-1);
    if (row !== undefined && row.at(-1) === number - 1) row.push(number);
    else rows.push([number]);
  }
  return rows.map((row) => (row.length < 3 ? row.join(", ") : `${row[0]}–${row.at(-1)}`)).join(", ");
}

/** Before an estimate whose interval is assumed. */
const assumedMark = "≈ ";

export const assumedRemark =
  `${assumedMark}of fewer than ${fewestForInterval} trials, so the interval is assumed, a factor each way: ` +
  `${assumedFactors.timed} for what the machine's speed decides, ${assumedFactors.held} for memory, ` +
  `${assumedFactors.mixed} for waits in which that has a part, ${assumedFactors.chance} for what chance leaves, ` +
  `${assumedFactors.paced} for waits by a timer or the relay, ${assumedFactors.counted} for what is counted.`;

export function isAssumed(estimate: Estimate | Missing): boolean {
  return !isMissing(estimate) && estimate.basis === "assumed";
}

/** The figure and its interval, or that there is none; of a share also how many tries it is of. */
export function estimateText({ estimate, unit }: Pick<Beside, "estimate" | "unit">): string {
  if (isMissing(estimate)) return "not measured";
  if (isAssumed(estimate)) return `${assumedMark}${formatEstimate(estimate, unit)}`;
  const { basis, n } = estimate;
  return formatEstimate(
    estimate,
    unit,
    basis === "exact share" ? `n = ${n.toLocaleString("en")}` : undefined,
  );
}

/** `at least 100×`, `2.7× to 3.2×`. */
export function wantedText({ wanted, unit }: Pick<Assertion, "wanted" | "unit">): string {
  const [least, most] = [wanted.atLeast, wanted.atMost].map((threshold) =>
    threshold === undefined ? undefined : formatThreshold(threshold, unit),
  );
  if (least === undefined) return `at most ${most}`;
  return most === undefined ? `at least ${least}` : `${least} to ${most}`;
}
