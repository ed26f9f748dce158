import { loadServer } from "../../servers/index.ts";
import { enterNetworkNamespace } from "../network/namespace.ts";
import { networks } from "../network/networks.ts";
import { OutsideProbes } from "../probes/outside.ts";
import { type ProfileName, profiles } from "../profiles.ts";
import type { Column } from "../result.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { pairedRatio } from "../stats/paired.ts";
import { seededRandom, shuffled } from "../stats/random.ts";
import { runTrial } from "../trial/trial.ts";
import type { PageOrder } from "./page.ts";

/** Of one figure: the ratio of a server to itself, which is 1, as a comparison of two servers gives it. */
export interface NoiseRatio {
  readonly figure: string;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** One comparison of two servers that are the same. */
export interface NoisePair {
  readonly profile: ProfileName;
  readonly scenario: string;
  /** Counts from 1. */
  readonly pair: number;
  readonly ratios: readonly NoiseRatio[];
  readonly failedTrials: number;
}

/** The server that is measured as two. */
export const sameServer = "ws";

/** As many as an interval takes, and as the standard profile has. */
export const blocks = profiles.standard.blocks;

/** Figures that vary: a count of what was asked for does not. */
export function noisyColumns({ columns }: Pick<Scenario, "columns">): readonly Column[] {
  return columns.filter(({ unit }) => unit !== "count");
}

/** Measures pairs as a run would: in each block both, in random order; every process started anew. */
export class NoiseBench {
  readonly #order: Pick<PageOrder, "cores" | "interrupted">;
  readonly #probes: OutsideProbes;

  private constructor(order: Pick<PageOrder, "cores" | "interrupted">, probes: OutsideProbes) {
    this.#order = order;
    this.#probes = probes;
  }

  static async start(order: Pick<PageOrder, "cores" | "interrupted">): Promise<NoiseBench> {
    return new NoiseBench(order, await OutsideProbes.find(enterNetworkNamespace()));
  }

  /** Throws when interrupted. */
  async measure(profileName: ProfileName, scenario: Scenario, pair: number): Promise<NoisePair> {
    const random = seededRandom(pair);
    const columns = noisyColumns(scenario);
    const one = new Map<string, Map<number, number>>(columns.map(({ figure }) => [figure, new Map()]));
    const other = new Map<string, Map<number, number>>(columns.map(({ figure }) => [figure, new Map()]));
    let failedTrials = 0;
    for (let block = 1; block <= blocks; block++) {
      for (const figuresOf of shuffled([one, other], random)) {
        const outcome = await this.#trial(profileName, scenario, pair * blocks + block);
        this.#order.interrupted.throwIfAborted();
        if (outcome.state !== "completed") failedTrials++;
        else
          for (const [figure, byBlock] of figuresOf) {
            const value = outcome.figures[figure];
            if (value !== undefined) byBlock.set(block, value);
          }
      }
    }
    const ratios = columns.flatMap(({ figure }): NoiseRatio[] => {
      const { ratio, interval } = pairedRatio(one.get(figure) ?? new Map(), other.get(figure) ?? new Map());
      return ratio === undefined || interval === undefined ? [] : [{ figure, ratio, ...interval }];
    });
    return { profile: profileName, scenario: scenario.name, pair, ratios, failedTrials };
  }

  async #trial(profileName: ProfileName, scenario: Scenario, seed: number) {
    const profile = profiles[profileName];
    const [point] = scenario.points(profile);
    if (point === undefined)
      throw new Error(`expected a point of ${scenario.name} in ${profileName}, got none`);
    return runTrial({
      name: sameServer,
      server: await loadServer(sameServer),
      scenario,
      load: scenario.load(point, profile),
      cores: this.#order.cores,
      conditions: { pollMs: 1_000, waitSeconds: 30 },
      arrivals: { kind: "constant", seed },
      network: networks.loopback,
      probes: this.#probes,
      signal: this.#order.interrupted,
    });
  }
}
