import type { Run } from "../result.ts";
import { counted, formatDuration, formatFigure, formatMoment } from "./format.ts";

/** When and on what, in one sentence: what has to stand wherever a figure of the run stands. */
export function machineText(run: Run): string {
  const { cores, cpu, memoryBytes, node } = run.environment;
  return (
    `Run ${run.id}, ${formatMoment(run.startedAt)}, ${formatDuration(run.durationMs)}: ` +
    `${counted(cores, "core")} (${cpu}), ${formatFigure(memoryBytes, "bytes")} of memory, ` +
    `Node.js ${versionText(node)}.`
  );
}

/** The conditions of a chart: `2 cores, Node.js 20.20.2`. */
export function shortMachineText(run: Run): string {
  const { cores, node } = run.environment;
  return `${counted(cores, "core")}, Node.js ${versionText(node)}`;
}

/** What an incomplete run is missing; undefined for a complete one. */
export function progressText(run: Run): string | undefined {
  if (run.complete) return undefined;
  return (
    "This run is incomplete: it was interrupted before every trial of its plan was run " +
    `(${run.trials.length.toLocaleString("en")} were). Cells without a trial are shown as “not run”.`
  );
}

function versionText(node: string): string {
  return node.replace(/^v/, "");
}
