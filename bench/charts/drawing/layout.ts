import type { TopLevelSpec } from "vega-lite";
import type { IoModel } from "../../../servers/contract.ts";
import { isCalibrated } from "../../report/calibration.ts";
import { shortMachineText } from "../../report/run-text.ts";
import type { Run } from "../../result.ts";
import { fontStack, gridLine, ink, ioModelLooks, paper, softInk } from "./palette.ts";
import { fitLines } from "./text-width.ts";

type Concat = Extract<TopLevelSpec, { readonly vconcat: unknown }>;
/** One of the views that stand below each other. */
export type ConcatView = Concat["vconcat"][number];

/** Width of every chart, margins aside. */
export const chartWidth = 720;

const titleSize = 16;
const subtitleSize = 11.5;

/** The question as title, and below it what is shown and under which conditions. */
export function titleOf(question: string, explanation: readonly string[]) {
  return {
    text: fitLines(question, titleSize, chartWidth),
    subtitle: explanation.flatMap((line) => fitLines(line, subtitleSize, chartWidth)),
  };
}

/** Machine, network and trials, and whether they may be believed: what has to stand on every chart. */
export function conditionsText(run: Run, trials: string): string {
  const warning = isCalibrated(run) ? "" : "UNCALIBRATED: ";
  return `${warning}${shortMachineText(run)}; ${trials}.`;
}

/** The scales that give an I/O model its colour and shape, for the models of this run. */
export function ioModelScales(run: Run): {
  readonly domain: IoModel[];
  readonly colours: string[];
  readonly shapes: string[];
} {
  const domain = [...new Set(run.servers.map((server) => server.ioModel))];
  return {
    domain,
    colours: domain.map((ioModel) => ioModelLooks[ioModel].colour),
    shapes: domain.map((ioModel) => ioModelLooks[ioModel].shape),
  };
}

/** The look that all charts share. The background is part of it: the picture may lie on a dark page. */
export const chartLook = {
  $schema: "https://vega.github.io/schema/vega-lite/v6.json",
  background: paper,
  padding: 16,
  config: {
    aria: false,
    font: fontStack,
    view: { stroke: null },
    text: { color: ink, fontSize: 12, baseline: "middle" },
    axis: {
      labelColor: softInk,
      labelFontSize: 11,
      titleColor: softInk,
      titleFontSize: 11,
      titleFontWeight: "normal",
      gridColor: gridLine,
      domain: false,
      ticks: false,
      labelFlush: false,
      labelOverlap: false,
    },
    title: {
      anchor: "start",
      frame: "bounds",
      color: ink,
      fontSize: titleSize,
      fontWeight: 600,
      lineHeight: 21,
      subtitleColor: softInk,
      subtitleFontSize: subtitleSize,
      subtitleLineHeight: 16,
      subtitlePadding: 6,
      offset: 14,
    },
    legend: { labelColor: ink, labelFontSize: 12, labelLimit: 0, symbolSize: 70, symbolOpacity: 1 },
  },
} as const satisfies Partial<TopLevelSpec>;
