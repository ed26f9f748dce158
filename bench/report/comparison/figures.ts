import type { Column, Point, Run, ScenarioInfo } from "../../result.ts";
import { noChange, type UnpairedChange, unpairedChange } from "../../stats/unpaired.ts";
import { type Cell, cellsOf, type FigureSummary, hasFaults } from "../cells.ts";
import { formatPoint } from "../format.ts";
import { pointKey } from "../points.ts";
import { marksOf, stateText } from "../tables.ts";

/** What two runs have measured of one scenario. */
export interface ComparedScenario {
  /** As the second run has it. */
  readonly scenario: ScenarioInfo;
  /** In the order of the tables: by point, by arm, by column; what answers the question before what it cost. */
  readonly figures: readonly ComparedFigure[];
  /** What cannot be compared, and why, as sentences. */
  readonly apart: readonly string[];
}

/** One figure of one cell in both runs. */
export interface ComparedFigure {
  readonly scenario: string;
  readonly arm: string;
  /** At which both have measured it. */
  readonly point: Point;
  readonly column: Column;
  /** Whether it answers the scenario's question, or says what the answer cost. */
  readonly role: "answer" | "cost";
  readonly a: FigureSummary;
  readonly b: FigureSummary;
  /** Of B against A. */
  readonly change: UnpairedChange;
  readonly word: ChangeWord;
  /** By the direction of the column; absent without a difference, and of cells that may not be judged by. */
  readonly reads?: "better" | "worse";
  /** Those of the cell in the one run or the other, each once. */
  readonly marks: string;
}

/** `too few trials` for an interval: nothing can be said. */
export type ChangeWord = "higher" | "lower" | "no difference seen" | "too few trials";

/** The scenarios that both runs have. */
export function comparedScenarios(a: Run, b: Run): ComparedScenario[] {
  return b.scenarios.flatMap((scenario) => {
    const before = a.scenarios.find(({ name }) => name === scenario.name);
    return before === undefined ? [] : [comparedScenario(a, b, before, scenario)];
  });
}

function comparedScenario(a: Run, b: Run, before: ScenarioInfo, scenario: ScenarioInfo): ComparedScenario {
  const [cellsA, cellsB] = [byMeasuredPoint(a, scenario.name), byMeasuredPoint(b, scenario.name)];
  const both = [...cellsB].flatMap(([key, ofB]) => {
    const ofA = cellsA.get(key);
    return ofA === undefined ? [] : [{ ofA, ofB }];
  });
  const columns = columnsOf(before, scenario);
  return {
    scenario,
    figures: both.flatMap(({ ofA, ofB }) =>
      columns.flatMap(({ column, role }) => comparedFigure(ofA, ofB, column, role)),
    ),
    apart: [
      ...sharedSentences(both.flatMap(({ ofA, ofB }) => stateSentence(ofA, ofB))),
      ...sharedSentences(alone(cellsA, cellsB, "A")),
      ...sharedSentences(alone(cellsB, cellsA, "B")),
    ],
  };
}

/**
 * Where an arm was clamped, both runs have to have measured it at the same point; which one was asked for is of no account.
 * A clamped cell stands in the table of every point that it was asked at: here it counts once.
 */
function byMeasuredPoint(run: Run, scenario: string): ReadonlyMap<string, Cell> {
  const cells = cellsOf(run, scenario).map(
    (cell) => [`${cell.arm} ${pointKey(cell.measuredAt)}`, cell] as const,
  );
  return new Map(cells.toReversed());
}

/** Columns that both runs have, and mean the same by. */
function columnsOf(before: ScenarioInfo, scenario: ScenarioInfo) {
  const known = [...before.columns, ...before.costs];
  const roles = { answer: scenario.columns, cost: scenario.costs } as const;
  return (["answer", "cost"] as const).flatMap((role) =>
    roles[role]
      .filter(({ figure, unit }) => known.some((other) => other.figure === figure && other.unit === unit))
      .map((column) => ({ column, role })),
  );
}

function comparedFigure(
  ofA: Cell,
  ofB: Cell,
  column: Column,
  role: ComparedFigure["role"],
): ComparedFigure[] {
  const [a, b] = [ofA.figures[column.figure], ofB.figures[column.figure]];
  if (a === undefined || b === undefined) return [];
  const change = unpairedChange(valuesOf(ofA, column.figure), valuesOf(ofB, column.figure));
  const word = wordOf(change);
  const differs = word === "higher" || word === "lower";
  const judged = differs && isJudged(ofA) && isJudged(ofB);
  return [
    {
      scenario: ofB.scenario,
      arm: ofB.arm,
      point: ofB.measuredAt,
      column,
      role,
      a,
      b,
      change,
      word,
      ...(judged ? { reads: word === column.better ? "better" : "worse" } : {}),
      marks: [...new Set(`${marksOf(ofA)}${marksOf(ofB)}`)].join(""),
    },
  ];
}

function valuesOf({ trials }: Cell, figure: string): number[] {
  return trials.flatMap(({ outcome }) => {
    const value = outcome.state === "completed" ? outcome.figures[figure] : undefined;
    return value === undefined ? [] : [value];
  });
}

function wordOf({ kind, interval }: UnpairedChange): ChangeWord {
  if (interval === undefined) return "too few trials";
  if (interval.low > noChange[kind]) return "higher";
  return interval.high < noChange[kind] ? "lower" : "no difference seen";
}

/** Figures that may be the generator's own, or of what went well alone, are no measure of the server. */
function isJudged(cell: Cell): boolean {
  return !cell.generatorBound && cell.onlyBusyPercent === undefined && !hasFaults(cell);
}

/** A sentence that several arms may share. */
interface Remark {
  readonly arm: string;
  readonly text: string;
}

/** Cells of which the one run has figures and the other none. */
function stateSentence(ofA: Cell, ofB: Cell): Remark[] {
  if (ofA.state === ofB.state) return [];
  return [{ arm: ofB.arm, text: `${stateText(ofA)} in A, ${stateText(ofB)} in B` }];
}

function alone(
  cells: ReadonlyMap<string, Cell>,
  others: ReadonlyMap<string, Cell>,
  letter: "A" | "B",
): Remark[] {
  return [...cells].flatMap(([key, { arm, measuredAt }]) => {
    if (others.has(key)) return [];
    const at = formatPoint(measuredAt);
    return [{ arm, text: `${at === "" ? "" : `at ${at} `}in ${letter} alone` }];
  });
}

function sharedSentences(remarks: readonly Remark[]): string[] {
  const arms = new Map<string, string[]>();
  for (const { arm, text } of remarks) arms.set(text, [...(arms.get(text) ?? []), arm]);
  return [...arms].map(([text, names]) => `${[...new Set(names)].join(", ")}: ${text}.`);
}
