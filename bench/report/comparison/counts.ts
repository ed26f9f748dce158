import { binomialUpper } from "../../stats/binomial.ts";
import type { Comparison } from "./compare.ts";
import type { ComparedFigure } from "./figures.ts";

/** What all figures of a comparison come to. */
export interface Counts {
  /** Compared with an interval. */
  readonly compared: number;
  readonly differ: number;
  readonly better: number;
  readonly worse: number;
  /** Of these there were too few trials for an interval. */
  readonly tooFew: number;
  /** How many of the compared would differ by chance alone, at most on average: 5 in 100 intervals miss. */
  readonly byChance: number;
  /** More than so many do by chance in one case of forty, where each figure is a chance of its own. */
  readonly mostByChance: number;
}

/** Of 95 % intervals, the share that misses by chance. */
const missing = 0.05;

export function countsOf(figures: readonly ComparedFigure[]): Counts {
  const count = (holds: (figure: ComparedFigure) => boolean) => figures.filter(holds).length;
  const tooFew = count(({ word }) => word === "too few trials");
  const compared = figures.length - tooFew;
  return {
    compared,
    differ: count(differs),
    better: count(({ reads }) => reads === "better"),
    worse: count(({ reads }) => reads === "worse"),
    tooFew,
    byChance: Math.round(compared * missing),
    mostByChance: binomialUpper(compared, missing),
  };
}

export function differs({ word }: ComparedFigure): boolean {
  return word === "higher" || word === "lower";
}

/** All of a comparison's figures that differ, the surest and largest first. */
export function differingFigures({ scenarios }: Pick<Comparison, "scenarios">): ComparedFigure[] {
  return scenarios
    .flatMap(({ figures }) => figures)
    .filter(differs)
    .toSorted((one, other) => leastChange(other) - leastChange(one));
}

/**
 * How much it differs at least, on a scale of logarithms: by the end of the interval that lies nearer to no difference.
 * What came from nothing, or went to nothing, has no ratio that would be large enough.
 */
export function leastChange({ change: { kind, interval } }: ComparedFigure): number {
  if (interval === undefined) return 0;
  if (kind === "difference") return Number.POSITIVE_INFINITY;
  return Math.min(Math.abs(Math.log(interval.low)), Math.abs(Math.log(interval.high)));
}
