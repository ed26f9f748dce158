import type { ProfileName } from "../../profiles.ts";

interface Sizes {
  /** Connections of each kind of server, smallest first; the last is what claims are judged at. */
  readonly isolates: readonly number[];
  /** Of the event loop that the isolates are compared with, over the same transport. */
  readonly loop: readonly number[];
  /** Of the native programs, and of the event loop that has their transport. */
  readonly native: readonly number[];
  /** Threads without connections. */
  readonly alone: { readonly isolates: number; readonly native: number };
  /** Events to all, for so long at least, and so many at least. */
  readonly pushMs: number;
  readonly pushes: number;
}

export const sizes = {
  smoke: {
    isolates: [2],
    loop: [20],
    native: [20],
    alone: { isolates: 2, native: 20 },
    pushMs: 20,
    pushes: 2,
  },
  quick: {
    isolates: [10, 50],
    loop: [50, 1_000],
    native: [50, 1_000],
    alone: { isolates: 10, native: 1_000 },
    pushMs: 200,
    pushes: 5,
  },
  standard: {
    isolates: [10, 100],
    loop: [10, 100, 1_000],
    native: [50, 10_000],
    alone: { isolates: 50, native: 1_000 },
    pushMs: 800,
    pushes: 5,
  },
  full: {
    isolates: [10, 50, 200],
    loop: [10, 50, 200, 1_000, 5_000],
    native: [50, 1_000, 10_000],
    alone: { isolates: 200, native: 10_000 },
    pushMs: 3_000,
    pushes: 10,
  },
} as const satisfies Record<ProfileName, Sizes>;
