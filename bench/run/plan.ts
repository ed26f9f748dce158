import type { Ceiling, Server } from "../../servers/contract.ts";
import type { ServerName } from "../../servers/index.ts";
import type { Profile } from "../profiles.ts";
import type { Point } from "../result.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { seededRandom, shuffled } from "../stats/random.ts";

/** One trial to be run. */
export interface PlannedTrial {
  readonly block: number;
  readonly name: ServerName;
  readonly server: Server;
  readonly scenario: Scenario;
  readonly point: Point;
  readonly clampedBecause?: string;
}

/**
 * The trials of a run in their order: scenario by scenario, in each so many blocks, in each block every server
 * once and in random order, so that a machine that drifts does not favour one of them.
 */
export function planTrials(
  servers: readonly (readonly [ServerName, Server])[],
  scenarios: readonly Scenario[],
  profile: Profile,
  seed: number,
): PlannedTrial[] {
  const random = seededRandom(seed);
  const trials: PlannedTrial[] = [];
  for (const scenario of scenarios) {
    const cells = servers.flatMap(([name, server]) => cellsOf(name, server, scenario, profile));
    for (let block = 1; block <= profile.blocks; block++) {
      trials.push(...shuffled(cells, random).map((cell) => ({ ...cell, block })));
    }
  }
  return trials;
}

function shareOf(ceiling: Ceiling, share: number): Ceiling {
  return { ...ceiling, subscribers: Math.max(1, Math.round(ceiling.subscribers * share)) };
}

/** The points of a server in a scenario. Points that its ceiling makes the same are one. */
function cellsOf(
  name: ServerName,
  server: Server,
  scenario: Scenario,
  profile: Profile,
): Omit<PlannedTrial, "block">[] {
  const cells = new Map<string, Omit<PlannedTrial, "block">>();
  const ceiling = server.ceiling && shareOf(server.ceiling, profile.ceilingShare);
  for (const asked of scenario.points(profile)) {
    const point = ceiling ? scenario.clamp(asked, ceiling) : asked;
    const key = JSON.stringify(point);
    const clamped = ceiling !== undefined && key !== JSON.stringify(asked);
    const because = clamped ? { clampedBecause: ceiling.reason } : {};
    if (!cells.has(key)) cells.set(key, { name, server, scenario, point, ...because });
  }
  return [...cells.values()];
}
