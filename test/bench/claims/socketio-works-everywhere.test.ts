import { describe } from "vitest";
import claim from "../../../bench/claims/socketio-works-everywhere.ts";
import { atBoxes } from "./box-figures.ts";
import { itRules } from "./rulings.ts";

const open = { socketioBlocked: 0, socketioExtraRoundTrips: 2 };
const slow = (socketioExtraRoundTrips: number | readonly number[]) => ({ socketioExtraRoundTrips });

describe(claim.name, () =>
  itRules(claim, {
    confirmed: [
      atBoxes(open),
      atBoxes(open, { "swallows-upgrade": slow(3.9) }),
      // Nobody claims that nothing in the way is worse than something.
      atBoxes(open, { transparent: slow(9) }),
    ],
    refuted: [
      atBoxes(open, { "http-only": { socketioBlocked: 1 } }),
      atBoxes(open, { "strips-upgrade": slow(4.1) }),
      atBoxes(open, { "swallows-upgrade": slow(250) }),
    ],
    inconclusive: [
      atBoxes(open, { "swallows-upgrade": slow([3.7, 3.8, 3.9, 4.1, 4.2, 4.3]) }),
      atBoxes(open, { "http-only": { socketioBlocked: [0, 1, 0, 1, 0, 1] } }),
    ],
  }),
);
