import type { Transport } from "../../servers/contract.ts";
import { seededRandom } from "../stats/random.ts";

/** How long after the warm-up measuring begins: a random part of the interval, where subscribers poll. The seed decides it. */
export function randomMomentMs(pollMs: number, transport: Transport, seed: number): number {
  return transport === "polling" ? seededRandom(seed)() * pollMs : 0;
}
