import { verdictsOf } from "../../claims/index.ts";
import type { Verdict } from "../../claims/verdict.ts";
import type { Run } from "../../result.ts";
import { type Circumstances, circumstancesOf } from "./circumstances.ts";
import { type ComparedScenario, comparedScenarios } from "./figures.ts";
import { type ComparedVerdicts, comparedVerdicts } from "./verdicts.ts";

/** Two runs beside each other, in the order in which they were named. */
export interface Comparison {
  readonly a: Run;
  readonly b: Run;
  readonly circumstances: Circumstances;
  readonly verdicts: ComparedVerdicts;
  /** Those that both runs have. */
  readonly scenarios: readonly ComparedScenario[];
  /** Scenarios that one of the two has alone, with the letter of the one. */
  readonly elsewhere: readonly { readonly scenario: string; readonly onlyIn: "A" | "B" }[];
}

/** Compares two runs. Pure. They have nothing in common when no scenario of the comparison has a figure. */
export function compareRuns(
  a: Run,
  b: Run,
  verdicts: (run: Run) => readonly Verdict[] = verdictsOf,
): Comparison {
  const [namesA, namesB] = [a, b].map(({ scenarios }) => scenarios.map(({ name }) => name));
  const only = (names: readonly string[] = [], others: readonly string[] = [], onlyIn: "A" | "B") =>
    names.filter((name) => !others.includes(name)).map((scenario) => ({ scenario, onlyIn }));
  return {
    a,
    b,
    circumstances: circumstancesOf(a, b),
    verdicts: comparedVerdicts(verdicts(a), verdicts(b)),
    scenarios: comparedScenarios(a, b),
    elsewhere: [...only(namesA, namesB, "A"), ...only(namesB, namesA, "B")],
  };
}
