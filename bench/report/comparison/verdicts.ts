import type { Claim } from "../../claims/claim.ts";
import { isMissing } from "../../claims/estimate.ts";
import type { Ruling, Verdict } from "../../claims/verdict.ts";
import { estimateText, slidesText } from "../verdicts.ts";

/** What two runs say of the claims. */
export interface ComparedVerdicts {
  /** Claims that both have evidence of, and judge differently. */
  readonly changed: readonly VerdictChange[];
  /** How many they judge alike. */
  readonly alike: number;
  /** Titles of the claims that only one of the two has evidence of. */
  readonly onlyIn: Readonly<Record<"A" | "B", readonly string[]>>;
}

export interface VerdictChange {
  readonly claim: Claim;
  /** The claim, with its slides. */
  readonly title: string;
  readonly a: VerdictSide;
  readonly b: VerdictSide;
}

export interface VerdictSide {
  readonly ruling: Ruling;
  /** The estimate of the leading finding. */
  readonly measured: string;
  /** Why it is inconclusive, where it is. */
  readonly because?: string;
}

/** Both in the order of the list of claims. */
export function comparedVerdicts(a: readonly Verdict[], b: readonly Verdict[]): ComparedVerdicts {
  const pairs = b.flatMap((ofB) => {
    const ofA = a.find(({ claim }) => claim.name === ofB.claim.name);
    return ofA === undefined ? [] : [{ ofA, ofB, inA: hasEvidence(ofA), inB: hasEvidence(ofB) }];
  });
  const both = pairs.filter(({ inA, inB }) => inA && inB);
  const changed = both.filter(({ ofA, ofB }) => ofA.ruling !== ofB.ruling);
  const titles = (found: typeof pairs) => found.map(({ ofB }) => ofB.claim.title);
  return {
    changed: changed.map(({ ofA, ofB }) => ({
      claim: ofB.claim,
      title: `${ofB.claim.title} (${slidesText(ofB.claim.slides)})`,
      a: sideOf(ofA),
      b: sideOf(ofB),
    })),
    alike: both.length - changed.length,
    onlyIn: {
      A: titles(pairs.filter(({ inA, inB }) => inA && !inB)),
      B: titles(pairs.filter(({ inA, inB }) => inB && !inA)),
    },
  };
}

function hasEvidence({ findings }: Verdict): boolean {
  return findings.some(({ estimate }) => !isMissing(estimate));
}

function sideOf({ ruling, findings, open }: Verdict): VerdictSide {
  return {
    ruling,
    measured: estimateText(findings[0]),
    ...(open === undefined ? {} : { because: open.because }),
  };
}
