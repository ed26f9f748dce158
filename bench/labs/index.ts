import blur from "./blur/lab.ts";
import boiling from "./boiling/lab.ts";
import bytes from "./bytes/lab.ts";
import cpuBound from "./cpu-bound/lab.ts";
import hostileWebhooks from "./hostile-webhooks/lab.ts";
import type { Lab } from "./lab.ts";
import ladder from "./ladder/lab.ts";
import latency from "./latency/lab.ts";
import limits from "./limits/lab.ts";
import masking from "./masking/lab.ts";
import middleboxes from "./middleboxes/lab.ts";
import museum from "./museum/lab.ts";
import pingPong from "./ping-pong/lab.ts";
import poisoning from "./poisoning/lab.ts";
import threads from "./threads/lab.ts";
import waiting from "./waiting/lab.ts";

/** The list of labs: one line each. Its order is that of the talk, and of every output. */
export const labs: readonly Lab[] = [
  museum,
  boiling,
  hostileWebhooks,
  middleboxes,
  pingPong,
  bytes,
  latency,
  poisoning,
  masking,
  threads,
  limits,
  waiting,
  ladder,
  cpuBound,
  blur,
];

export const labNames: readonly string[] = labs.map(({ name }) => name);

/** Those of the list that are named, in its order. */
export function labsNamed(names: readonly string[]): readonly Lab[] {
  return labs.filter(({ name }) => names.includes(name));
}
