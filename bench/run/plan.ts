import type { Ceiling, Server } from "../../servers/contract.ts";
import type { ServerName } from "../../servers/index.ts";
import type { Lab } from "../labs/lab.ts";
import type { Profile } from "../profiles.ts";
import type { Point } from "../result.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { seededRandom, shuffled } from "../stats/random.ts";
import type { RunOptions } from "./options.ts";

/** One trial to be run. */
export type PlannedTrial = PlannedServerTrial | PlannedLabTrial;

export interface PlannedServerTrial {
  readonly kind: "server";
  readonly block: number;
  readonly arm: ServerName;
  readonly server: Server;
  readonly scenario: Scenario;
  readonly point: Point;
  readonly clampedBecause?: string;
}

export interface PlannedLabTrial {
  readonly kind: "lab";
  readonly block: number;
  readonly arm: string;
  readonly scenario: Lab;
  readonly point: Point;
}

/** What a run compares. */
export interface Compared {
  readonly servers: readonly (readonly [ServerName, Server])[];
  readonly scenarios: readonly Scenario[];
  readonly labs: readonly Lab[];
}

/**
 * The trials of a run in their order: scenario by scenario, in each so many blocks, in each block every arm once
 * and in random order, so that a machine that drifts does not favour one of them. The labs come last.
 */
export function planTrials({ servers, scenarios, labs }: Compared, options: RunOptions): PlannedTrial[] {
  const random = seededRandom(options.seed);
  const inBlocks = <Cell extends object>(cells: readonly Cell[], blocks: number) =>
    Array.from({ length: blocks }, (_, index) =>
      shuffled(cells, random).map((cell) => ({ ...cell, block: index + 1 })),
    ).flat();
  return [
    ...scenarios.flatMap((scenario) => {
      const cells = servers.flatMap(([arm, server]) => cellsOf(arm, server, scenario, options));
      return inBlocks(cells, options.blocks);
    }),
    ...labs.flatMap((scenario) => {
      const cells = scenario.cells(options).map((cell) => ({ kind: "lab" as const, scenario, ...cell }));
      return inBlocks(cells, scenario.blocks?.(options) ?? options.blocks);
    }),
  ];
}

function shareOf(ceiling: Ceiling, share: number): Ceiling {
  return { ...ceiling, subscribers: Math.max(1, Math.round(ceiling.subscribers * share)) };
}

/** The points of a server in a scenario. Points that its ceiling makes the same are one. */
function cellsOf(
  arm: ServerName,
  server: Server,
  scenario: Scenario,
  profile: Profile,
): Omit<PlannedServerTrial, "block">[] {
  const cells = new Map<string, Omit<PlannedServerTrial, "block">>();
  const ceiling = server.ceiling && shareOf(server.ceiling, profile.ceilingShare);
  for (const asked of scenario.points(profile)) {
    const point = ceiling ? scenario.clamp(asked, ceiling) : asked;
    const key = JSON.stringify(point);
    const clamped = ceiling !== undefined && key !== JSON.stringify(asked);
    const because = clamped ? { clampedBecause: ceiling.reason } : {};
    if (!cells.has(key)) cells.set(key, { kind: "server", arm, server, scenario, point, ...because });
  }
  return [...cells.values()];
}
