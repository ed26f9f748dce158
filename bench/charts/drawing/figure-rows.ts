import { type Cell, cellsOf, groupByPoint, spreadOf } from "../../report/cells.ts";
import { formatFigure, formatPoint } from "../../report/format.ts";
import { markedRemarks } from "../../report/remarks.ts";
import { marksOf } from "../../report/tables.ts";
import { trialsText } from "../../report/trials-text.ts";
import type { Run, ScenarioInfo, Unit } from "../../result.ts";
import type { Picture, PictureRow } from "../chart.ts";
import { barText } from "./bar-text.ts";
import { type Dot, type DotRow, dotRows } from "./dot-rows.ts";
import { ioModelOf } from "./io-models.ts";
import { conditionsText } from "./layout.ts";
import { stateInShort, stateMessage } from "./state-message.ts";
import { isDoubtful, strikeText } from "./strikes.ts";
import { summaryText } from "./summary-text.ts";

/** Which figures of a scenario become dots, and what is said about them. */
export interface FigureRows {
  readonly figures: readonly {
    readonly figure: string;
    /** Title of its text column. */
    readonly column: string;
    readonly form: Dot["form"];
  }[];
  readonly axisTitle: string;
  readonly explanation: string;
  readonly footnotes?: readonly string[];
}

/** One panel a point, one row a server, one dot a figure. Undefined when the run has no trial of the scenario. */
export function figureRows(run: Run, name: string, shown: FigureRows): Picture | undefined {
  const scenario = run.scenarios.find((candidate) => candidate.name === name);
  const cells = cellsOf(run, name);
  if (scenario === undefined || cells.length === 0) return undefined;
  const summaries = cells.flatMap((cell) => shown.figures.map(({ figure }) => cell.figures[figure]));
  const spec = dotRows(run, {
    question: scenario.question,
    explanation: [
      `${shown.explanation}${barText(summaries)}${strikeText(cells)}`,
      conditionsText(run, trialsText(cells)),
    ],
    axisTitle: shown.axisTitle,
    unit: unitOf(scenario, shown),
    columns: shown.figures.map(({ column }) => column),
    panels: groupByPoint(cells).map((group) => ({
      heading: `At ${formatPoint(group[0]?.point ?? {})}`,
      rows: group.map((cell) => rowOf(run, scenario, cell, shown)),
      footnotes: [...markedRemarks(group), ...(shown.footnotes ?? [])],
    })),
  });
  return {
    spec,
    table: {
      columns: ["at", "server", ...shown.figures.map(({ column }) => column)],
      rows: cells.map((cell) => tableRow(scenario, cell, shown)),
    },
  };
}

function tableRow(scenario: ScenarioInfo, cell: Cell, shown: FigureRows): PictureRow {
  const message = stateMessage(cell);
  const texts = shown.figures.map(
    ({ figure }) => message ?? summaryText(cell.figures[figure], unitOf(scenario, shown)),
  );
  return { server: cell.arm, cells: [formatPoint(cell.point), `${cell.arm}${marksOf(cell)}`, ...texts] };
}

function unitOf(scenario: ScenarioInfo, shown: FigureRows): Unit {
  const first = shown.figures[0]?.figure;
  return scenario.columns.find((column) => column.figure === first)?.unit ?? "count";
}

function rowOf(run: Run, scenario: ScenarioInfo, cell: Cell, shown: FigureRows): DotRow {
  const server = {
    ...{ server: cell.arm, ioModel: ioModelOf(run, cell.arm), marks: marksOf(cell) },
    ...{ state: stateInShort(cell), doubtful: isDoubtful(cell) },
  };
  const message = stateMessage(cell);
  const none = { ...server, dots: [], texts: [] };
  if (message !== undefined) return { ...none, message };
  const unit = unitOf(scenario, shown);
  const dots = shown.figures.flatMap(({ figure, column, form }): Dot[] => {
    const summary = cell.figures[figure];
    return summary === undefined ? [] : [{ form, column, summary }];
  });
  if (dots.length === 0) return { ...none, message: "could not be read" };
  const unplaceable = dots.find(({ summary }) => spreadOf(summary).low <= 0);
  if (unplaceable !== undefined) {
    const text = formatFigure(unplaceable.summary.median, unit);
    return { ...none, message: `${text}: not above 0, so not on a logarithmic axis` };
  }
  const texts = shown.figures.map(({ figure }) => {
    const summary = cell.figures[figure];
    return summary === undefined ? "not read" : formatFigure(summary.median, unit);
  });
  return { ...server, dots, texts };
}
