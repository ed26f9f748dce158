import claim from "../../../bench/claims/dynamic-duo.ts";
import { noErrors } from "../fixtures/one-cell.ts";
import { itRules } from "./rulings.ts";

const ws = { scenario: "delivery", arm: "ws", figures: { p50Ms: 1, p99Ms: [2, 3, 4, 5, 6, 7] } };
const lossy = (errors: Partial<typeof noErrors>) => ({
  ...ws,
  given: { errors: { ...noErrors, ...errors } },
});

itRules(claim, {
  confirmed: [
    [ws],
    [{ ...ws, figures: { p99Ms: [90, 92, 94, 96, 98, 100] } }],
    // A second copy is not a loss.
    [lossy({ repeated: 1 })],
  ],
  refuted: [
    [{ ...ws, figures: { p99Ms: [101, 110, 120, 130, 140, 150] } }],
    [lossy({ missing: 1 })],
    [lossy({ publish: 1 })],
    [lossy({ dropped: 1 })],
  ],
  inconclusive: [
    [{ ...ws, figures: { p99Ms: [80, 90, 95, 105, 110, 120] } }],
    [{ ...ws, given: { generatorBound: true } }],
    [{ ...ws, figures: { p50Ms: 1 } }],
  ],
});
