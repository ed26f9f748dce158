import { formatPoint } from "../format.ts";
import { pointKey } from "../points.ts";
import type { Comparison } from "./compare.ts";
import { differs, leastChange } from "./counts.ts";
import { changeText } from "./figure-text.ts";
import type { ComparedFigure, ComparedScenario } from "./figures.ts";

/** A line of the chart: a scenario with all of its figures, or one figure that differs. */
export type ChartRow = ScenarioRow | FigureRow;

interface ScenarioRow {
  readonly kind: "scenario";
  readonly name: string;
  /** B over A, of every figure that has a ratio. */
  readonly ratios: readonly number[];
  /** How many differ. */
  readonly text: string;
}

interface FigureRow {
  readonly kind: "figure";
  readonly name: string;
  readonly look: "better in B" | "worse in B" | "not judged";
  /** Absent where there is none; the text then has the difference. */
  readonly ratio?: { readonly value: number; readonly low: number; readonly high: number };
  readonly text: string;
}

/** So many of a scenario are shown; the tables have all. */
const mostOfScenario = 6;

/** Of the figures that answer a scenario's question; what these cost stands in the tables. */
export function chartRows({ scenarios }: Pick<Comparison, "scenarios">): ChartRow[] {
  return scenarios.flatMap((compared) => {
    const answers = compared.figures.filter(({ role }) => role === "answer");
    if (answers.length === 0) return [];
    const differing = answers.filter(differs).toSorted((one, other) => leastChange(other) - leastChange(one));
    const shown = differing.slice(0, mostOfScenario);
    return [scenarioRow(compared, answers, differing.length, shown.length), ...shown.map(figureRow(answers))];
  });
}

function scenarioRow(
  { scenario }: ComparedScenario,
  answers: readonly ComparedFigure[],
  differing: number,
  shown: number,
): ScenarioRow {
  const compared = answers.filter(({ word }) => word !== "too few trials").length;
  const part = shown < differing ? `; ${shown} shown` : "";
  return {
    kind: "scenario",
    name: scenario.name,
    ratios: answers.flatMap(({ change }) => (change.kind === "ratio" ? [change.value] : [])),
    text: compared === 0 ? "too few trials" : `${differing} of ${compared} differ${part}`,
  };
}

/** A point is named where the scenario has several. */
function figureRow(answers: readonly ComparedFigure[]): (figure: ComparedFigure) => FigureRow {
  const onePoint = new Set(answers.map(({ point }) => pointKey(point))).size === 1;
  return ({ arm, marks, point, column, change, reads }) => ({
    kind: "figure",
    name: `${arm}${marks}${onePoint ? "" : `, ${formatPoint(point)}`}: ${column.title}`,
    look: reads === "better" ? "better in B" : reads === "worse" ? "worse in B" : "not judged",
    ...(change.kind === "ratio" && change.interval !== undefined
      ? { ratio: { value: change.value, ...change.interval } }
      : {}),
    text: changeText(change, column.unit),
  });
}
