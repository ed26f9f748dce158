import type { Spec } from "vega";
import type { TopLevelSpec } from "vega-lite";
import type { Run } from "../result.ts";

/** One drawing of a run. */
export interface Chart {
  /** Also the name of its file and of its SVG. */
  readonly name: string;
  /** The scenario or lab whose trials it shows; of several, the one that most of it is from. */
  readonly scenario: string;
  /** Names of the claims that it bears on, the one that it shows best first. */
  readonly claims: readonly string[];
  /** What it shows, for those who cannot see it. */
  readonly description: string;
  /** Undefined when the run has nothing for it. */
  picture(run: Run): Picture | undefined;
}

/** What a chart makes of a run: the drawing, and the same figures as a table. */
export interface Picture {
  readonly spec: TopLevelSpec;
  readonly table: PictureTable;
}

/** The figures behind a picture, each as it is read, with its interval and n where it has them. */
export interface PictureTable {
  readonly columns: readonly string[];
  readonly rows: readonly PictureRow[];
}

export interface PictureRow {
  /** The server that the row is about; absent where it is about none, such as the arm of a lab. */
  readonly server?: string;
  /** One text a column. */
  readonly cells: readonly string[];
}

/** A chart after drawing, with what a page has to know of it. */
export interface DrawnChart extends Pick<Chart, "name" | "scenario" | "claims" | "description"> {
  readonly svg: string;
  /** What draws it again where it is to be interactive. */
  readonly vega: Spec;
  readonly table: PictureTable;
}
