import type { Run } from "../result.ts";
import { formatFigure } from "./format.ts";

/** A line of the tables about the run itself. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

export function environmentFacts({ environment }: Run): Fact[] {
  const { commit, openFilesLimit, tcpCongestionControl } = environment;
  return [
    { name: "CPU", value: environment.cpu },
    { name: "cores", value: String(environment.cores) },
    { name: "memory", value: formatFigure(environment.memoryBytes, "bytes") },
    { name: "platform", value: environment.platform },
    { name: "kernel", value: environment.kernel },
    { name: "Node.js", value: environment.node },
    { name: "server and load", value: environment.pinning },
    { name: "load average before", value: environment.loadAverage.toFixed(2) },
    { name: "open files limit", value: openFilesLimit?.toLocaleString("en") ?? "not available here" },
    { name: "TCP congestion control", value: tcpCongestionControl ?? "not available here" },
    { name: "commit", value: commit ?? "not made in a checkout" },
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
