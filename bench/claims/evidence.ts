import { comparePoints, pointKey } from "../report/points.ts";
import type { Point, Run, Trial } from "../result.ts";
import type { ByBlock } from "../stats/paired.ts";
import { type Estimate, estimateOf, type Missing, type Nature, ratioOf, shareOf } from "./estimate.ts";

/** Which trials are meant. */
export interface Cell {
  /** Name of a scenario or a lab. */
  readonly scenario: string;
  /** Name of a server, or of a lab's arm. */
  readonly arm: string;
  /** Coordinates that the point must have, such as `{ queryMs: 80 }`; of several such points, the largest counts. */
  readonly point?: Point;
}

/** One figure of a cell. */
export interface Reading extends Cell {
  /** By its name among the trials' figures. */
  readonly figure: string;
}

/**
 * What a run has to say to claims. Trials that failed are left out, and so are those that the load may have decided:
 * no verdict uses them.
 */
export class Evidence {
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  /** The median of a figure. */
  estimate(reading: Reading, nature: Nature): Estimate | Missing {
    const values = this.#read(reading);
    return "missing" in values ? values : estimateOf(values.byBlock, nature);
  }

  /** How many times the one figure is the other, paired within blocks. */
  ratio(one: Reading, other: Reading, nature: Nature): Estimate | Missing {
    const [a, b] = [this.#read(one), this.#read(other)];
    if ("missing" in a) return a;
    if ("missing" in b) return b;
    return ratioOf(a.byBlock, b.byBlock, nature);
  }

  /** The share, from 0 to 1, that one count of a cell is of another, over all its trials together. */
  share(cell: Cell, hitsFigure: string, triesFigure: string): Estimate | Missing {
    const hits = this.#read({ ...cell, figure: hitsFigure });
    const tries = this.#read({ ...cell, figure: triesFigure });
    if ("missing" in hits) return hits;
    if ("missing" in tries) return tries;
    return shareOf(sumOf(hits.byBlock), sumOf(tries.byBlock));
  }

  /** The points at which an arm was measured, smallest first. */
  points(scenario: string, arm: string): Point[] {
    const points = new Map(this.#trialsOf({ scenario, arm }).map(({ point }) => [pointKey(point), point]));
    return [...points.values()].sort(comparePoints);
  }

  /** The arms of a scenario that have a trial, in its order. */
  arms(scenario: string): string[] {
    const found = this.#run.scenarios.find(({ name }) => name === scenario);
    const measured = new Set(
      this.#run.trials.filter((trial) => trial.scenario === scenario).map(({ arm }) => arm),
    );
    return (found?.arms ?? this.#run.servers).map(({ name }) => name).filter((name) => measured.has(name));
  }

  #read(reading: Reading): { readonly byBlock: ByBlock } | Missing {
    const { scenario, figure } = reading;
    if (!this.#run.scenarios.some(({ name }) => name === scenario))
      return { missing: `this run has no scenario ${scenario}` };
    const trials = this.#largestPoint(this.#trialsOf(reading));
    if (trials.length === 0) return { missing: `this run has no trial of ${cellText(reading)}` };
    const values = new Map<number, number>();
    const reasons = new Set<string>();
    for (const { outcome, block, sitting } of trials) {
      if (outcome.state === "failed") reasons.add(`failed: ${outcome.message}`);
      else if (outcome.state === "exempt") reasons.add(`exempt: ${outcome.reason}`);
      else if (outcome.generatorBound) reasons.add("generator-bound");
      else {
        const value = outcome.figures[figure];
        if (value === undefined) reasons.add(`without the figure ${figure}`);
        else values.set(pairedBlock(block, sitting), value);
      }
    }
    if (values.size === 0)
      return { missing: `every trial of ${cellText(reading)} is ${[...reasons].join(", or ")}` };
    return { byBlock: values };
  }

  #trialsOf({ scenario, arm, point: wanted = {} }: Cell): Trial[] {
    return this.#run.trials.filter(
      (trial) =>
        trial.scenario === scenario &&
        trial.arm === arm &&
        Object.entries(wanted).every(([axis, value]) => trial.point[axis] === value),
    );
  }

  #largestPoint(trials: readonly Trial[]): Trial[] {
    const largest = trials
      .map(({ point }) => point)
      .sort(comparePoints)
      .at(-1);
    if (largest === undefined) return [];
    return trials.filter(({ point }) => pointKey(point) === pointKey(largest));
  }
}

/** A block that two sittings share is two: its figures are not paired across them. */
function pairedBlock(block: number, sitting: number): number {
  return block + sitting * 1_000_000;
}

function cellText({ scenario, arm, point = {} }: Cell): string {
  const coordinates = Object.entries(point).map(([axis, value]) => `, ${axis} ${value}`);
  return `${arm} in ${scenario}${coordinates.join("")}`;
}

function sumOf(byBlock: ByBlock): number {
  return [...byBlock.values()].reduce((sum, value) => sum + value, 0);
}
