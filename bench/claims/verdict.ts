import { uncalibratedText } from "../report/calibration.ts";
import type { Run } from "../result.ts";
import type { Assertion, Beside, Claim } from "./claim.ts";
import { isMissing } from "./estimate.ts";
import { Evidence } from "./evidence.ts";

export type Ruling = "confirmed" | "refuted" | "inconclusive";

/** What a run says of a claim. */
export interface Verdict {
  readonly claim: Claim;
  readonly ruling: Ruling;
  /** The first leads: it is what the claim is told by in a table. */
  readonly findings: readonly [Finding, ...Finding[]];
  readonly beside: readonly Beside[];
  /** What an inconclusive one is open for, and what would settle it. */
  readonly open?: { readonly because: string; readonly settledBy: string };
}

/** An assertion, and whether it holds: only when its whole interval lies on one side of the threshold. */
export interface Finding extends Assertion {
  readonly holds: "yes" | "no" | "open";
}

/** Judges one claim by a run. Pure. */
export function verdictOf(claim: Claim, run: Run): Verdict {
  const { assertions, beside = [] } = claim.judge(new Evidence(run));
  const [first, ...others] = assertions.map(
    (assertion): Finding => ({ ...assertion, holds: holds(assertion) }),
  );
  if (first === undefined) throw new Error(`expected claim ${claim.name} to assert something, got nothing`);
  const found = { claim, findings: [first, ...others] as const, beside };
  const uncalibrated = uncalibratedText(run);
  if (uncalibrated !== undefined) {
    const settledBy = "a run whose calibration passes";
    return { ...found, ruling: "inconclusive", open: { because: uncalibrated, settledBy } };
  }
  if (found.findings.some(({ holds }) => holds === "no")) return { ...found, ruling: "refuted" };
  const open = found.findings.find(({ holds }) => holds === "open");
  if (open === undefined) return { ...found, ruling: "confirmed" };
  return { ...found, ruling: "inconclusive", open: openOf(open, claim, run) };
}

/** Whether the whole interval lies within what is wanted, or wholly outside of it. */
export function holds({ estimate, wanted }: Pick<Assertion, "estimate" | "wanted">): Finding["holds"] {
  if (isMissing(estimate)) return "open";
  const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = wanted;
  if (estimate.low >= atLeast && estimate.high <= atMost) return "yes";
  return estimate.high < atLeast || estimate.low > atMost ? "no" : "open";
}

function openOf({ what, estimate }: Finding, claim: Claim, run: Run): NonNullable<Verdict["open"]> {
  if (isMissing(estimate)) {
    const known = run.scenarios.map(({ name }) => name);
    const absent = claim.scenarios.filter((name) => !known.includes(name));
    const settledBy =
      absent.length > 0
        ? `npm run bench -- --scenarios ${claim.scenarios.join(",")}`
        : (claim.beyondProfiles ?? "a run in which it could be measured");
    return { because: `${what}: ${estimate.missing}`, settledBy };
  }
  const because = `${what}: the interval lies on both sides of the threshold`;
  if (claim.beyondProfiles !== undefined) return { because, settledBy: claim.beyondProfiles };
  if (estimate.basis === "assumed") return { because, settledBy: "npm run bench -- --profile standard" };
  const settledBy =
    run.options.profile === "full"
      ? "more blocks than this run has, or a machine on which it is less close"
      : "npm run bench -- --profile full";
  return { because, settledBy };
}
