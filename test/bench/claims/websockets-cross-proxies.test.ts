import { describe } from "vitest";
import claim from "../../../bench/claims/websockets-cross-proxies.ts";
import { atBoxes } from "./box-figures.ts";
import { itRules } from "./rulings.ts";

const open = { wsBlocked: 0 };

describe(claim.name, () =>
  itRules(claim, {
    confirmed: [atBoxes(open)],
    refuted: [
      atBoxes(open, { "strips-upgrade": { wsBlocked: 1 } }),
      atBoxes(open, { "strips-upgrade": { wsBlocked: 1 }, "swallows-upgrade": { wsBlocked: 1 } }),
    ],
    inconclusive: [
      // In some of the trials it came through.
      atBoxes(open, { "kills-idle": { wsBlocked: [1, 0, 0, 1, 0, 1] } }),
      // One of the boxes was not measured.
      atBoxes(open, { "strips-upgrade": { wsBlocked: 1 } }).slice(0, 5),
    ],
  }),
);
