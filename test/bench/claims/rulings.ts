import { expect, it } from "vitest";
import type { Claim } from "../../../bench/claims/claim.ts";
import { type Ruling, verdictOf } from "../../../bench/claims/verdict.ts";
import { type MeasuredCell, runMeasuring } from "../fixtures/measured.ts";

/** Made-up results on both sides of a claim's thresholds and in between. */
export type Examples = Readonly<Record<Ruling, readonly (readonly MeasuredCell[])[]>>;

/** The claim's judge sees each of these for what it is, and is open without evidence. */
export function itRules(claim: Claim, examples: Examples): void {
  const rulings = ["confirmed", "refuted", "inconclusive"] as const;
  it.each(rulings)("%s", (ruling) => {
    expect(examples[ruling].length).toBeGreaterThan(0);
    for (const cells of examples[ruling]) expect(verdictOf(claim, runMeasuring(cells)).ruling).toBe(ruling);
  });

  it("is open, and says what to run, where nothing was measured", () => {
    const { ruling, open } = verdictOf(claim, runMeasuring([]));
    expect(ruling).toBe("inconclusive");
    expect(open?.settledBy).toContain(`--scenarios ${claim.scenarios.join(",")}`);
  });
}
