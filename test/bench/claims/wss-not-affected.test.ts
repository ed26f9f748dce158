import claim from "../../../bench/claims/wss-not-affected.ts";
import { poisoned } from "../fixtures/poisoned.ts";
import { itRules } from "./rulings.ts";

itRules(claim, {
  confirmed: [poisoned({ tls: 0, unmasked: 1_000 }), poisoned({ tls: 1, unmasked: 996 })],
  refuted: [
    poisoned({ tls: 1_000, unmasked: 1_000 }),
    poisoned({ tls: 10, unmasked: 1_000 }),
    poisoned({ tls: 0, unmasked: 900 }),
  ],
  inconclusive: [
    poisoned({ tls: 5, unmasked: 1_000 }),
    poisoned({ tls: 0, unmasked: 990 }),
    poisoned({ tls: 0 }),
  ],
});
