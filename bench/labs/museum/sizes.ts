import type { ProfileName } from "../../profiles.ts";

/** How much each exhibit does. */
export interface Sizes {
  /** Requests under way while CPU is counted, so that the server finds the next one when it is done with the last. */
  readonly atOnce: number;
  /** CPU is counted for so long. */
  readonly measureMs: number;
  /** Requests before, of those that start a process, until its files are in the page cache. */
  readonly firstPrograms: number;
  /** Requests before, of those that start none, until the code is optimised. */
  readonly firstHandled: number;
  /** Requests at least while CPU is counted; of our CGI server, so many that ticks of 10 ms can tell. */
  readonly atLeast: number;
  readonly ourPrograms: number;
  readonly subscribers: number;
}

export const sizes = {
  smoke: {
    atOnce: 2,
    measureMs: 20,
    firstPrograms: 1,
    firstHandled: 20,
    atLeast: 2,
    ourPrograms: 1,
    subscribers: 5,
  },
  quick: {
    atOnce: 8,
    measureMs: 120,
    firstPrograms: 2,
    firstHandled: 3_000,
    atLeast: 4,
    ourPrograms: 12,
    subscribers: 20,
  },
  standard: {
    atOnce: 8,
    measureMs: 400,
    firstPrograms: 4,
    firstHandled: 5_000,
    atLeast: 8,
    ourPrograms: 16,
    subscribers: 20,
  },
  full: {
    atOnce: 8,
    measureMs: 1_500,
    firstPrograms: 8,
    firstHandled: 20_000,
    atLeast: 20,
    ourPrograms: 40,
    subscribers: 20,
  },
} as const satisfies Record<ProfileName, Sizes>;
