import { isMissing } from "../claims/estimate.ts";
import type { Ruling, Verdict } from "../claims/verdict.ts";
import { estimateText } from "../report/verdicts.ts";

/** What several runs of the same say of one claim. */
export interface RepeatedClaim {
  readonly claim: string;
  /** In the order of the runs. */
  readonly rulings: readonly Ruling[];
  /** Whether it was confirmed in one and refuted in another. */
  readonly contradicted: boolean;
  readonly figures: readonly RepeatedFigure[];
}

/** One figure that a claim rests on, in several runs; the first of a claim leads. */
export interface RepeatedFigure {
  readonly what: string;
  /** As they are shown, with their intervals; one for each run. */
  readonly texts: readonly string[];
  /** The largest over the smallest; undefined of fewer than two estimates, or where that is no number. */
  readonly spread?: number;
  /** The widest spread that what is assumed allows; undefined where no interval was assumed. */
  readonly allowed?: number;
  readonly holds: boolean;
}

/** Puts together what runs say of each claim. Every run has all claims, in the same order. */
export function repeatedClaims(runs: readonly (readonly Verdict[])[]): RepeatedClaim[] {
  const [first = []] = runs;
  return first.map(({ claim }, index) => {
    const verdicts = runs.map((run) => run[index]).filter((verdict) => verdict !== undefined);
    const rulings = verdicts.map(({ ruling }) => ruling);
    return {
      claim: claim.name,
      rulings,
      contradicted: rulings.includes("confirmed") && rulings.includes("refuted"),
      figures: repeatedFigures(verdicts),
    };
  });
}

/** By what they are of: with other points a run may rest a claim on other figures. */
function repeatedFigures(verdicts: readonly Verdict[]): RepeatedFigure[] {
  const all = new Set(verdicts.flatMap(({ findings }) => findings.map(({ what }) => what)));
  return [...all].map((what) => {
    const inRuns = verdicts.map(({ findings }) => findings.find((finding) => finding.what === what));
    const estimates = inRuns.flatMap((finding) =>
      finding === undefined || isMissing(finding.estimate) ? [] : [finding.estimate],
    );
    const spread = ratioOfEnds(estimates.map(({ value }) => value));
    // Two figures that each lie within the assumed factor of the truth differ by its square at most: by the interval's width.
    const widths = estimates
      .filter(({ basis }) => basis === "assumed")
      .map(({ low, high }) => ratioOfEnds([low, high]))
      .filter((width) => width !== undefined);
    const allowed = widths.length === 0 ? undefined : Math.max(...widths);
    return {
      what,
      texts: inRuns.map((finding) => (finding === undefined ? "–" : estimateText(finding))),
      ...(spread === undefined ? {} : { spread }),
      ...(allowed === undefined ? {} : { allowed }),
      holds: spread === undefined || allowed === undefined || spread <= allowed,
    };
  });
}

/** The largest of two figures or more over the smallest; figures that are all the same are one time each other. */
function ratioOfEnds(values: readonly number[]): number | undefined {
  if (values.length < 2) return undefined;
  const [smallest, largest] = [Math.min(...values), Math.max(...values)];
  if (smallest === largest) return 1;
  return smallest > 0 ? largest / smallest : undefined;
}

/** `1.24×`, to the hundredth: what is counted may be only 1.06 times apart. */
export function timesText(value: number | undefined): string {
  return value === undefined ? "–" : `${value.toFixed(2)}×`;
}
