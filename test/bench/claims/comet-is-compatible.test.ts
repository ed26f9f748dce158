import { describe } from "vitest";
import claim from "../../../bench/claims/comet-is-compatible.ts";
import { atBoxes } from "./box-figures.ts";
import { itRules } from "./rulings.ts";

const open = { cometBlocked: 0 };

describe(claim.name, () =>
  itRules(claim, {
    confirmed: [atBoxes({ ...open, streamingBlocked: 1 })],
    refuted: [atBoxes(open, { "kills-idle": { cometBlocked: 1 } })],
    inconclusive: [
      atBoxes(open, { "kills-idle": { cometBlocked: [1, 0, 0, 1, 0, 1] } }),
      atBoxes(open).slice(1),
    ],
  }),
);
