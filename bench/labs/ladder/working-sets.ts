import type { Caches } from "./caches.ts";

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/** More than this takes longer to make than there is time. */
const mostBytes = 1024 * mebibyte;

/** Memory that is walked at random. */
export type WalkedRung = "l1" | "l2" | "l3" | "ram";

/**
 * How much to walk at random so that nearly every step ends on this rung: half of a core's own cache, a quarter of one
 * that others use too, and of memory so much that no cache holds a good part of it. Undefined where there is no such cache.
 */
export function workingSetBytes(rung: WalkedRung, caches: Caches, leastRamBytes: number): number | undefined {
  switch (rung) {
    case "l1":
      return (caches[1] ?? 32 * kibibyte) / 2;
    case "l2":
      return (caches[2] ?? 1024 * kibibyte) / 2;
    case "l3":
      return caches[3] === undefined ? undefined : caches[3] / 4;
    case "ram":
      return Math.min(mostBytes, Math.max(leastRamBytes, 8 * (caches[3] ?? caches[2] ?? 0)));
  }
}
