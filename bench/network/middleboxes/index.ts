import buffersResponses from "./buffers-responses.ts";
import httpOnly from "./http-only.ts";
import killsIdle from "./kills-idle.ts";
import type { Middlebox } from "./middlebox.ts";
import stripsUpgrade from "./strips-upgrade.ts";
import swallowsUpgrade from "./swallows-upgrade.ts";
import transparent from "./transparent.ts";

/** The list of middleboxes: one line each. Its order is that of every table. */
export const middleboxes = {
  transparent,
  "strips-upgrade": stripsUpgrade,
  "swallows-upgrade": swallowsUpgrade,
  "buffers-responses": buffersResponses,
  "kills-idle": killsIdle,
  "http-only": httpOnly,
} as const satisfies Record<string, Middlebox>;

export type MiddleboxName = keyof typeof middleboxes;
export const middleboxNames = Object.keys(middleboxes) as MiddleboxName[];
