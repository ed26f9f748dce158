import claim from "../../../bench/claims/masking-resolves-the-flaw.ts";
import { poisoned } from "../fixtures/poisoned.ts";
import { itRules } from "./rulings.ts";

const other = { "predictable-mask": 1_000, "hixie-76": 1_000, connect: 0 };

itRules(claim, {
  confirmed: [
    poisoned({ unmasked: 1_000, "fresh-mask": 0, ...other }),
    poisoned({ unmasked: 996, "fresh-mask": 1 }),
  ],
  refuted: [
    poisoned({ unmasked: 1_000, "fresh-mask": 1_000, ...other }),
    poisoned({ unmasked: 1_000, "fresh-mask": 10 }),
    poisoned({ unmasked: 900, "fresh-mask": 0 }),
  ],
  inconclusive: [
    poisoned({ unmasked: 1_000, "fresh-mask": 5 }),
    poisoned({ unmasked: 990, "fresh-mask": 0 }),
    poisoned({ "fresh-mask": 0 }),
    poisoned({ unmasked: 1_000 }),
  ],
});
