import type { Run } from "../../../../bench/result.ts";
import { seededRandom } from "../../fixtures/histogram.ts";
import { completedWith, trialWith } from "../../fixtures/one-cell.ts";
import { inventedRun } from "../../fixtures/run.ts";
import { inventedServers } from "../../fixtures/servers.ts";

/** What one of two runs has that the other has not: a factor for some figure of some arm. */
export type Planted = Readonly<Record<string, Readonly<Record<string, number>>>>;

const figures = { perSecond: 5_000, p50Ms: 1.9, p99Ms: 6.1, cpuPerEventUs: 190 };

/**
 * A run with made-up figures of all servers in `ingest`, which vary by a few percent as the seed has it. Nothing here was
 * measured. `planted`, by arm and figure, are factors.
 */
export function sittingOf(
  id: string,
  seed: number,
  { planted = {}, blocks = 6 }: { readonly planted?: Planted; readonly blocks?: number } = {},
): Run {
  const random = seededRandom(seed);
  const run = inventedRun({ blocks: 1 });
  const trials = Array.from({ length: blocks }, (_, index) =>
    inventedServers.map(({ name }) => {
      const varied = Object.entries(figures).map(
        ([figure, middle]) =>
          [figure, middle * (planted[name]?.[figure] ?? 1) * (0.97 + 0.06 * random())] as const,
      );
      const outcome = completedWith({ ...Object.fromEntries(varied), serverBusyPercent: 99 });
      return trialWith(outcome, { arm: name, block: index + 1 });
    }),
  ).flat();
  return { ...run, id, scenarios: run.scenarios.filter(({ name }) => name === "ingest"), trials };
}
