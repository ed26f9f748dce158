import type { Transport } from "../../servers/contract.ts";
import type { Load } from "../scenarios/scenario.ts";
import { seededRandom } from "../stats/random.ts";

/**
 * How long after the warm-up measuring begins: a random part of the interval, where subscribers poll at one of their own.
 * The seed decides it.
 */
export function randomMomentMs(
  { ownPollMs = 0 }: Pick<Load, "ownPollMs">,
  transport: Transport,
  seed: number,
): number {
  return transport === "polling" ? seededRandom(seed)() * ownPollMs : 0;
}
