import type { TopLevelSpec } from "vega-lite";
import type { IoModel } from "../../../servers/contract.ts";
import { focusParam } from "./focus.ts";
import { footnoteLines, textView } from "./footnotes.ts";
import { type ConcatView, chartLook, titleOf } from "./layout.ts";
import type { PanelAxis } from "./panel-axis.ts";
import { placed } from "./panel-figures.ts";
import { labelWidth, panelGap, panelsInRow, panelWidth, rowGap } from "./panel-size.ts";
import { headLines } from "./panel-text.ts";
import { panelView } from "./panel-view.ts";
import type { Tip } from "./tooltip.ts";

/** A small chart for each server, with the curves of all the others in grey to compare with. */
export interface ServerPanels {
  readonly question: string;
  readonly explanation: readonly string[];
  readonly x: PanelAxis;
  readonly y: PanelAxis;
  /** The axis that the figures lie along, and so their intervals. */
  readonly along: "x" | "y";
  readonly grids: readonly PanelGrid[];
}

/** The panels of one point, or of all points together. */
export interface PanelGrid {
  /** Only where there are several grids. */
  readonly heading?: string;
  readonly panels: readonly ServerPanel[];
  /** Sentences below the panels. */
  readonly footnotes: readonly string[];
}

export interface ServerPanel {
  readonly server: string;
  readonly ioModel: IoModel;
  readonly marks: string;
  /** Lines below the name: how often it was measured, the figures that sum it up. */
  readonly facts: readonly string[];
  /** What its marks mean, in a few words each. */
  readonly notices: readonly string[];
  /** The first of them is what stands in grey in the other panels. */
  readonly curves: readonly Curve[];
  readonly dots: readonly PanelDot[];
  readonly edgeMarks?: readonly EdgeMark[];
  /** Where on the x axis the server has its ceiling. */
  readonly ceiling?: number;
  /** What stands in place of the curves of a server that has none. */
  readonly message?: string;
}

export interface Curve {
  readonly look: "strong" | "thin";
  readonly points: readonly CurvePoint[];
}

/** With a band around it where it has a `low` and a `high`. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

/** A figure: a symbol, and a bar over its interval where it has one. */
export interface PanelDot extends CurvePoint, Tip {
  /** `open`: generator-bound. */
  readonly form: "filled" | "open";
  readonly size: "large" | "small";
}

/** Above the panel, where there is nothing to be placed by its figure. */
export interface EdgeMark extends Tip {
  readonly x: number;
  readonly text: string;
}

export function serverPanels(chart: ServerPanels): TopLevelSpec {
  return {
    ...chartLook,
    title: titleOf(chart.question, chart.explanation),
    params: [focusParam],
    datasets: Object.fromEntries(chart.grids.map((grid, i) => [contextName(i), contextOf(grid)])),
    spacing: rowGap,
    vconcat: chart.grids.flatMap((grid, i) => [
      ...(grid.heading === undefined ? [] : [textView([grid.heading], panelWidth, -labelWidth)]),
      ...rowViews(chart, grid, contextName(i)),
      ...(grid.footnotes.length === 0
        ? []
        : [textView(footnoteLines(grid.footnotes), panelWidth, -labelWidth)]),
    ]),
  };
}

/** One set of data for all panels of a grid, so that a picture does not grow with the square of its servers. */
function contextName(grid: number): string {
  return `others-${grid}`;
}

function contextOf({ panels }: PanelGrid) {
  return panels.flatMap(({ server, curves }) =>
    (curves[0]?.points ?? []).map(({ x, y }) => ({ server, ...placed({ x, y }) })),
  );
}

/** Each row has room for the longest text above its panels. */
function rowViews(chart: ServerPanels, { panels }: PanelGrid, context: string): ConcatView[] {
  const rows = Math.ceil(panels.length / panelsInRow);
  return Array.from({ length: rows }, (_, row) => {
    const members = panels.slice(row * panelsInRow, (row + 1) * panelsInRow);
    const head = {
      lines: Math.max(...members.map((panel) => headLines(panel).length)),
      hasEdge: members.some(({ edgeMarks = [] }) => edgeMarks.length > 0),
    };
    return {
      bounds: "flush",
      spacing: panelGap,
      hconcat: members.map((panel, i) =>
        panelView(panel, { ...chart, ...head, context, isFirst: i === 0, isLowest: row === rows - 1 }),
      ),
    };
  });
}
