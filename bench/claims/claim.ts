/** What a claim is: something the talk says, made testable, and judged by what a run has measured. Types only. */
import type { Unit } from "../result.ts";
import type { Estimate, Missing } from "./estimate.ts";
import type { Evidence } from "./evidence.ts";

export interface Claim {
  /** As its file. */
  readonly name: string;
  /** A short sentence: what would be true if the claim holds. */
  readonly title: string;
  /** Slides of the talk, by the number in its transcript. */
  readonly slides: readonly number[];
  /** What the talk claims, in our own words, for a reader who has never seen it. */
  readonly statement: string;
  /** What one has to know to follow the test: terms, why anybody would believe it, what speaks against it. */
  readonly background: string;
  /** The figure of the talk or of its source, with the source: what stood in 2011 where ours stands now. */
  readonly said2011: string;
  /** How it is tested, and what was kept equal. */
  readonly method: string;
  /** Scenarios and labs that it is judged by. */
  readonly scenarios: readonly string[];
  /** What somebody would have to show for the verdict to change. */
  readonly wouldChange: string;
  /** What more than any profile it takes where no profile can settle it, such as another machine. */
  readonly beyondProfiles?: string;
  /** Pure: what the claim comes to, measured. Missing evidence goes through as it is. */
  judge(evidence: Evidence): Judgement;
}

export interface Judgement {
  /** All must hold for the claim to be confirmed; one that does not refutes it. At least one; the first leads. */
  readonly assertions: readonly Assertion[];
  /** Figures that a reader needs beside them, and that decide nothing. */
  readonly beside?: readonly Beside[];
}

/** An estimate against what it has to be. */
export interface Assertion extends Beside {
  readonly wanted: Wanted;
  /** Why the threshold lies where it does. */
  readonly because: string;
}

export interface Beside {
  /** What was estimated: `comet over ws, server CPU per delivery`. */
  readonly what: string;
  readonly unit: Unit;
  readonly estimate: Estimate | Missing;
}

/** One of the two, or both: a range. */
export type Wanted = { readonly atLeast?: number; readonly atMost?: number };
