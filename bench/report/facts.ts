import type { Run } from "../result.ts";
import { coreSpeedText } from "./core-speed.ts";
import { formatFigure } from "./format.ts";
import { networkText } from "./run-text.ts";

/** A line of the tables about the run itself. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

const noTrial = "no trial was run";

export function environmentFacts(run: Run): Fact[] {
  const { environment } = run;
  const { commit, openFilesLimit, tcpCongestionControl } = environment;
  return [
    { name: "CPU", value: environment.cpu },
    { name: "cores", value: String(environment.cores) },
    { name: "memory", value: formatFigure(environment.memoryBytes, "bytes") },
    { name: "platform", value: environment.platform },
    { name: "kernel", value: environment.kernel },
    { name: "Node.js", value: environment.node },
    { name: "network", value: networkText(run.network) },
    { name: "server and load", value: environment.pinning },
    { name: "speed of the server's core during the run", value: coreSpeedText(run, "server") ?? noTrial },
    { name: "speed of the load's core during the run", value: coreSpeedText(run, "load") ?? noTrial },
    { name: "smallest step of the clock", value: `${environment.clockResolutionNs.toLocaleString("en")} ns` },
    { name: "load average before", value: environment.loadAverage.toFixed(2) },
    { name: "open files limit", value: openFilesLimit?.toLocaleString("en") ?? "not available here" },
    { name: "TCP congestion control", value: tcpCongestionControl ?? "not available here" },
    ...Object.entries(environment.unavailable).map(([probe, reason]) => ({
      name: probe,
      value: `not available here: ${reason}`,
    })),
    { name: "commit", value: commit ?? "not made in a checkout" },
    { name: "build", value: environment.build },
    {
      name: "packages",
      value: Object.entries(environment.packages)
        .map(([name, version]) => `${name} ${version}`)
        .join(", "),
    },
  ];
}

export function optionFacts({ options, seed }: Run): Fact[] {
  return [
    { name: "seed", value: String(seed) },
    ...Object.entries(options)
      .filter(([name]) => name !== "seed")
      .map(([name, value]) => ({
        name,
        value: typeof value === "object" ? value.join(", ") : String(value),
      })),
  ];
}
