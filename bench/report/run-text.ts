import type { Network, Run } from "../result.ts";
import { counted, formatBandwidth, formatDuration, formatFigure, formatMoment } from "./format.ts";

/** When and on what, in one sentence: what has to stand wherever a figure of the run stands. */
export function machineText(run: Run): string {
  const { cores, cpu, memoryBytes, node } = run.environment;
  return (
    `Run ${run.id}, ${formatMoment(run.startedAt)}, ${formatDuration(run.durationMs)}: ` +
    `${counted(cores, "core")} (${cpu}), ${formatFigure(memoryBytes, "bytes")} of memory, ` +
    `Node.js ${versionText(node)}; network: ${networkText(run.network)}.`
  );
}

/** The conditions of a chart: `2 cores, Node.js 20.20.2; network: loopback`. */
export function shortMachineText(run: Run): string {
  const { cores, node } = run.environment;
  return `${counted(cores, "core")}, Node.js ${versionText(node)}; network: ${networkText(run.network)}`;
}

/** What lies between server and load: `loopback`, `lan (round trip 0.5 ms, 1 Gbit/s)`. */
export function networkText({ name, roundTripMs, bitsPerSecond }: Network): string {
  const added = [
    ...(roundTripMs === 0 ? [] : [`round trip ${roundTripMs.toLocaleString("en")} ms`]),
    ...(bitsPerSecond === undefined ? [] : [formatBandwidth(bitsPerSecond)]),
  ];
  return added.length === 0 ? name : `${name} (${added.join(", ")})`;
}

/** The probes that the machine does not have, in one line; undefined where it has them all. */
export function unavailableText(run: Run): string | undefined {
  const probes = Object.entries(run.environment.unavailable);
  if (probes.length === 0) return undefined;
  return `Not available on this machine: ${probes.map(([name, why]) => `${name} (${why})`).join("; ")}.`;
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
