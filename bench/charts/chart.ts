import type { TopLevelSpec } from "vega-lite";
import type { Run } from "../result.ts";

/** One drawing of a run. */
export interface Chart {
  /** Also the name of its file and of its SVG. */
  readonly name: string;
  readonly scenario: string;
  /** What it shows, for those who cannot see it. */
  readonly description: string;
  /** Undefined when the run has nothing of the scenario. */
  spec(run: Run): TopLevelSpec | undefined;
}

/** A chart after drawing, with what a page has to know of it. */
export interface DrawnChart extends Pick<Chart, "name" | "scenario" | "description"> {
  readonly svg: string;
}
