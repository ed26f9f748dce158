import type { Arm, Completed, ErrorCounts, Failed, Point, Run, ScenarioInfo, Trial } from "../result.ts";
import type { Interval } from "../stats/bootstrap.ts";
import { median } from "../stats/median.ts";
import { medianInterval } from "../stats/median-interval.ts";
import { askedPoints, comparePoints, covers, pointKey } from "./points.ts";
import { onlyBusyPercent, serverBusyFigure } from "./saturation.ts";

/** One figure over the completed trials of a cell. */
export interface FigureSummary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Where the true median lies, at 95 %; absent of too few trials for that. */
  readonly interval?: Interval;
  /** Trials in which the figure could be read. */
  readonly n: number;
}

/** `not run`: the run ended before any trial of the cell. */
export type CellState = "completed" | "failed" | "exempt" | "not run";

/** All trials of one arm of a scenario, such as a server, at one point. */
export interface Cell {
  readonly scenario: string;
  readonly arm: string;
  /** The point asked for, the same for every arm of a table. */
  readonly point: Point;
  /** The point of the trials: smaller than `point` where the server's ceiling made it so. */
  readonly measuredAt: Point;
  /** Set where `measuredAt` is smaller than `point`. */
  readonly clampedBecause?: string;
  readonly trials: readonly Trial[];
  /** `completed` when one trial or more was; the others are then in `failures`. */
  readonly state: CellState;
  readonly figures: Readonly<Record<string, FigureSummary>>;
  /** Completed trials. */
  readonly n: number;
  readonly failures: readonly Failed[];
  readonly exemptBecause?: string;
  /** Notes of the trials, each once. */
  readonly notes: readonly string[];
  /** Whether any of the completed trials was. */
  readonly generatorBound: boolean;
  /** Set where the figures are a ceiling only of a busy server, and this one was not: how busy it was. */
  readonly onlyBusyPercent?: number;
  /** Summed over the completed trials. */
  readonly errors: ErrorCounts;
  /** How well the publisher kept its schedule over the completed trials. */
  readonly sending: NonNullable<Completed["sending"]>;
  /** How late the relay was, in the worst of the completed trials; undefined where there was none. */
  readonly relayLateness: Completed["relayLateness"];
}

/**
 * The cells of a scenario: one for every asked point and server, by point and then in the order of the
 * run's servers, so that a table never has a hole. A server that was clamped stands in the table of each
 * asked point that it has no trials of its own for. A lab asks some of its arms at some points only: it has the
 * cells that were measured.
 */
export function cellsOf(run: Run, name: string): Cell[] {
  const scenario = run.scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) return [];
  const trials = run.trials.filter((trial) => trial.scenario === name);
  return askedPoints(trials).flatMap((point) =>
    armsOf(run, scenario).flatMap(({ name: arm }) => {
      const own = trialsFor(
        trials.filter((trial) => trial.arm === arm),
        point,
      );
      const asked = scenario.arms === undefined || own.length > 0;
      return asked ? [cellOf(scenario, arm, point, own)] : [];
    }),
  );
}

/** What a scenario compares, in the order of its tables. */
export function armsOf(run: Run, scenario: ScenarioInfo): readonly Arm[] {
  return scenario.arms ?? run.servers;
}

/** Cells in groups of the same asked point, in the order in which they come. */
export function groupByPoint(cells: readonly Cell[]): Cell[][] {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = pointKey(cell.point);
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()];
}

/** An arm's trials at a point, or else those at the largest point that it was clamped to below it. */
function trialsFor(trials: readonly Trial[], point: Point): readonly Trial[] {
  const at = (wanted: Point) => trials.filter((trial) => pointKey(trial.point) === pointKey(wanted));
  const exact = at(point);
  if (exact.length > 0) return exact;
  const clamped = trials.filter((trial) => trial.clampedBecause !== undefined && covers(point, trial.point));
  const largest = clamped
    .map((trial) => trial.point)
    .sort(comparePoints)
    .at(-1);
  return largest === undefined ? [] : at(largest);
}

function cellOf(scenario: ScenarioInfo, arm: string, point: Point, trials: readonly Trial[]): Cell {
  const outcomes = trials.map((trial) => trial.outcome);
  const completed = outcomes.filter((outcome) => outcome.state === "completed");
  const failures = outcomes.filter((outcome) => outcome.state === "failed");
  const exempt = outcomes.find((outcome) => outcome.state === "exempt");
  const measuredAt = trials[0]?.point ?? point;
  const clampedBecause = trials.find((trial) => trial.clampedBecause !== undefined)?.clampedBecause;
  const clamped = clampedBecause !== undefined && pointKey(measuredAt) !== pointKey(point);
  const figures = summariseFigures(completed);
  const generatorBound = completed.some((outcome) => outcome.generatorBound);
  const busyPercent = figures[serverBusyFigure]?.median;
  const idlePercent = onlyBusyPercent(scenario, { busyPercent, generatorBound });
  return {
    scenario: scenario.name,
    arm,
    point,
    measuredAt,
    ...(clamped ? { clampedBecause } : {}),
    trials,
    state:
      completed.length > 0 ? "completed" : failures.length > 0 ? "failed" : exempt ? "exempt" : "not run",
    figures,
    n: completed.length,
    failures,
    ...(exempt ? { exemptBecause: exempt.reason } : {}),
    notes: [...new Set(completed.flatMap((outcome) => outcome.notes))],
    generatorBound,
    ...(idlePercent === undefined ? {} : { onlyBusyPercent: idlePercent }),
    errors: sumErrors(completed),
    sending: sumSending(completed),
    relayLateness: worstLateness(completed),
  };
}

function summariseFigures(completed: readonly Completed[]): Record<string, FigureSummary> {
  const names = new Set(completed.flatMap((outcome) => Object.keys(outcome.figures)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      summarise(completed.map((outcome) => outcome.figures[name]).filter((value) => value !== undefined)),
    ]),
  );
}

/** Median, range, and the interval of the median where there is one. Throws `RangeError` of no values. */
export function summarise(values: readonly number[]): FigureSummary {
  const middle = median(values);
  if (middle === undefined) throw new RangeError("expected one value or more to summarise, got none");
  const { interval } = medianInterval(values);
  return {
    median: middle,
    min: Math.min(...values),
    max: Math.max(...values),
    ...(interval === undefined ? {} : { interval }),
    n: values.length,
  };
}

/** Whether there are faults or failed trials beside the figures: these are then of what went well alone. */
export function hasFaults({ state, errors, failures }: Cell): boolean {
  return Object.values(errors).some((count) => count > 0) || (state === "completed" && failures.length > 0);
}

/** What a figure is shown with: the interval of its median, or of fewer trials their range. */
export function spreadOf({ interval, min, max }: FigureSummary): Interval {
  return interval ?? { low: min, high: max };
}

function sumErrors(completed: readonly Completed[]): ErrorCounts {
  const sum = (kind: keyof ErrorCounts) =>
    completed.reduce((total, outcome) => total + outcome.errors[kind], 0);
  return {
    connect: sum("connect"),
    ended: sum("ended"),
    publish: sum("publish"),
    missing: sum("missing"),
    repeated: sum("repeated"),
    dropped: sum("dropped"),
  };
}

/** The worst of each part, over whatever a relay stood in; undefined where there was none. */
export function worstLateness(
  relayed: readonly { readonly relayLateness?: Completed["relayLateness"] }[],
): Completed["relayLateness"] {
  const each = relayed.flatMap(({ relayLateness }) => (relayLateness === undefined ? [] : [relayLateness]));
  if (each.length === 0) return undefined;
  const worst = (part: keyof (typeof each)[number]) => Math.max(...each.map((lateness) => lateness[part]));
  return { medianMs: worst("medianMs"), p99Ms: worst("p99Ms"), longestMs: worst("longestMs") };
}

function sumSending(completed: readonly Completed[]): Cell["sending"] {
  const kept = completed.flatMap(({ sending }) => (sending === undefined ? [] : [sending]));
  return {
    planned: kept.reduce((sum, { planned }) => sum + planned, 0),
    late: kept.reduce((sum, { late }) => sum + late, 0),
    latestMs: Math.max(0, ...kept.map(({ latestMs }) => latestMs)),
  };
}
