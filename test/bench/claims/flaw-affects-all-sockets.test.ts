import claim from "../../../bench/claims/flaw-affects-all-sockets.ts";
import { poisoned } from "../fixtures/poisoned.ts";
import { itRules } from "./rulings.ts";

itRules(claim, {
  confirmed: [poisoned({ "raw-tcp": 1_000, unmasked: 1_000 }), poisoned({ "raw-tcp": 996 })],
  refuted: [poisoned({ "raw-tcp": 0, unmasked: 1_000 }), poisoned({ "raw-tcp": 980 })],
  inconclusive: [poisoned({ "raw-tcp": 990 }), poisoned({ unmasked: 1_000 })],
});
