import type { Random } from "../../stats/random.ts";

/** What a cache takes in at once. Steps that are farther apart share nothing. */
export const lineBytes = 64;

const lineLength = lineBytes / Int32Array.BYTES_PER_ELEMENT;

/**
 * A way through all lines of so much memory in random order and back to the first: the first element of each line holds
 * where the next line begins. Nobody can tell it ahead, so each step waits for the one before it.
 * Source: S. Sattolo, "An algorithm to generate a random cyclic permutation", 1986.
 */
export function randomCycle(bytes: number, random: Random): Int32Array {
  const lines = Math.floor(bytes / lineBytes);
  const next = new Int32Array(lines * lineLength);
  for (let line = 0; line < lines; line++) next[line * lineLength] = line * lineLength;
  for (let line = lines - 1; line > 0; line--) {
    const [one, other] = [line * lineLength, Math.floor(random() * line) * lineLength];
    const held = next[one] ?? 0;
    next[one] = next[other] ?? 0;
    next[other] = held;
  }
  return next;
}

/** Goes so many steps from `at`; gives where that leads. */
export function walk(next: Int32Array, at: number, steps: number): number {
  let here = at;
  // The array's own value alone: a fallback for `undefined` would be in every step.
  for (let step = 0; step < steps; step++) here = next[here] as number;
  return here;
}
