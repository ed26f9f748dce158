import claim from "../../../bench/claims/disk-costs-41-million-cycles.ts";
import { itRules } from "./rulings.ts";

const disk = (...cycles: readonly number[]) => [{ scenario: "ladder", arm: "disk", figures: { cycles } }];

itRules(claim, {
  confirmed: [disk(38e6, 39e6, 41e6, 41e6, 42e6, 43e6), disk(14e6, 20e6, 40e6, 60e6, 100e6, 122e6)],
  refuted: [
    disk(150_000, 160_000, 170_000, 180_000, 190_000, 200_000),
    disk(9e6, 10e6, 11e6, 12e6, 13e6, 13.6e6),
    disk(124e6, 130e6, 140e6, 150e6, 160e6, 170e6),
  ],
  inconclusive: [
    disk(12e6, 13e6, 13.6e6, 13.8e6, 14e6, 15e6),
    disk(110e6, 115e6, 120e6, 125e6, 130e6, 135e6),
  ],
});
