import type { ProfileName } from "../../profiles.ts";

interface Sizes {
  readonly lightPerSecond: number;
  /** Turns of the computation; a core of today takes about 10 ms for ten million. */
  readonly turns: number;
  /** Light requests alone, and then with computations beside. */
  readonly calmMs: number;
  readonly busyMs: number;
  readonly heavyEveryMs: number;
}

export const sizes = {
  smoke: { lightPerSecond: 200, turns: 20e6, calmMs: 50, busyMs: 100, heavyEveryMs: 100 },
  // Oftener, and the load would spend its time turning its loop over until the next is due.
  quick: { lightPerSecond: 250, turns: 100e6, calmMs: 200, busyMs: 600, heavyEveryMs: 300 },
  standard: { lightPerSecond: 250, turns: 100e6, calmMs: 600, busyMs: 1_500, heavyEveryMs: 300 },
  full: { lightPerSecond: 250, turns: 100e6, calmMs: 2_000, busyMs: 6_000, heavyEveryMs: 300 },
} as const satisfies Record<ProfileName, Sizes>;
