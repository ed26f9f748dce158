import { type Estimate, isMissing } from "../../claims/estimate.ts";
import { Evidence, type Reading } from "../../claims/evidence.ts";
import type { Run, Unit } from "../../result.ts";
import { formatEstimate } from "../format.ts";

/** Reads figures of a run for sentences: each with its interval, as verdicts have it. */
export class Figures {
  readonly #evidence: Evidence;
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
    this.#evidence = new Evidence(run);
  }

  /** `3.55 ms (2.95–5.21)`. Throws when the run has no such figure: a sentence with a hole is none. */
  text(reading: Reading, unit: Unit): string {
    return formatEstimate(this.#estimate(reading), unit);
  }

  /** Trials that the figure is the median of. */
  n(reading: Reading): number {
    return this.#estimate(reading).n;
  }

  /** A coordinate of the largest point of an arm. */
  largest(scenario: string, arm: string, axis: string): string {
    const value = this.#evidence.points(scenario, arm).at(-1)?.[axis];
    if (value === undefined)
      throw new Error(`expected ${axis} of ${arm} in ${scenario} of run ${this.#run.id}, got none`);
    return value.toLocaleString("en");
  }

  #estimate(reading: Reading): Estimate {
    // Of a median over the trials, what is assumed of too few of them is told by their number.
    const estimate = this.#evidence.estimate(reading, "timed");
    if (isMissing(estimate))
      throw new Error(`expected ${reading.figure} in run ${this.#run.id}, got none: ${estimate.missing}`);
    return estimate;
  }
}
