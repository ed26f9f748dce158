import { comparePoints, pointKey } from "../report/points.ts";
import type { Completed, ErrorCounts, Point, Run, Trial } from "../result.ts";
import type { ByBlock } from "../stats/paired.ts";
import {
  countOf,
  type Estimate,
  estimateOf,
  type Missing,
  type Nature,
  ratioOf,
  shareOf,
} from "./estimate.ts";

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

/** The part of a run that claims are judged by. */
export type Measured = Pick<Run, "servers" | "scenarios" | "trials">;

/**
 * What a run has to say to claims. Trials that failed are left out, and so are those that the load may have decided:
 * no verdict uses them.
 */
export class Evidence {
  readonly #run: Measured;

  constructor(run: Measured) {
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

  /** The faults of these kinds in all trials of a cell together. That there is none takes that no trial failed. */
  errors(cell: Cell, kinds: readonly (keyof ErrorCounts)[]): Estimate | Missing {
    return this.#total(cell, ({ errors }) => kinds.reduce((sum, kind) => sum + errors[kind], 0));
  }

  /** What a figure that counts faults comes to in all trials of a cell together, as with `errors`. */
  total({ figure, ...cell }: Reading): Estimate | Missing {
    return this.#total(cell, ({ figures }) => figures[figure]);
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

  /** A fault in one trial of many is a fault: no median. Where a trial failed, nobody knows what it would have counted. */
  #total(cell: Cell, countIn: (outcome: Completed) => number | undefined): Estimate | Missing {
    const completed = this.#completed(cell);
    if ("missing" in completed) return completed;
    const counts = completed.trials.map(({ outcome }) => countIn(outcome));
    const count = counts.reduce<number>((sum, counted) => sum + (counted ?? 0), 0);
    const unknown = completed.failed + counts.filter((counted) => counted === undefined).length;
    if (count === 0 && unknown > 0)
      return {
        missing: `none was counted, but not in all trials of ${cellText(cell)}: ${unknown} failed or do not say`,
      };
    return countOf(count, counts.length);
  }

  #read(reading: Reading): { readonly byBlock: ByBlock } | Missing {
    const { figure } = reading;
    const completed = this.#completed(reading);
    if ("missing" in completed) return completed;
    const values = new Map<number, number>();
    for (const { outcome, block, sitting } of completed.trials) {
      const value = outcome.figures[figure];
      if (value !== undefined) values.set(pairedBlock(block, sitting), value);
    }
    if (values.size > 0) return { byBlock: values };
    return everyTrialIs(reading, [...completed.unused, `without the figure ${figure}`]);
  }

  /** The trials that a verdict may use, and why the others are not among them; missing when there is none. */
  #completed(cell: Cell):
    | {
        readonly trials: readonly CompletedTrial[];
        readonly unused: ReadonlySet<string>;
        readonly failed: number;
      }
    | Missing {
    if (!this.#run.scenarios.some(({ name }) => name === cell.scenario))
      return { missing: `this run has no scenario ${cell.scenario}` };
    const all = this.#largestPoint(this.#trialsOf(cell));
    if (all.length === 0) return { missing: `this run has no trial of ${cellText(cell)}` };
    const trials: CompletedTrial[] = [];
    const unused = new Set<string>();
    for (const { outcome, block, sitting } of all) {
      if (outcome.state === "failed") unused.add(`failed: ${outcome.message}`);
      else if (outcome.state === "exempt") unused.add(`exempt: ${outcome.reason}`);
      else if (outcome.generatorBound) unused.add("generator-bound");
      else trials.push({ outcome, block, sitting });
    }
    return trials.length === 0
      ? everyTrialIs(cell, [...unused])
      : { trials, unused, failed: all.filter(({ outcome }) => outcome.state === "failed").length };
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

type CompletedTrial = Pick<Trial, "block" | "sitting"> & { readonly outcome: Completed };

function everyTrialIs(cell: Cell, reasons: readonly string[]): Missing {
  return { missing: `every trial of ${cellText(cell)} is ${reasons.join(", or ")}` };
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
