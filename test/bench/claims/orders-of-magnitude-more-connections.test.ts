import claim from "../../../bench/claims/orders-of-magnitude-more-connections.ts";
import { noErrors } from "../fixtures/one-cell.ts";
import { itRules } from "./rulings.ts";

const holding = (held: number | readonly number[]) => ({
  scenario: "limits",
  arm: "ws",
  point: { target: 19_900 },
  figures: { held },
});
const ending = (held: number | readonly number[]) => ({ ...holding(held), figures: { held, ceiling: held } });
const lossy = (errors: Partial<typeof noErrors>) => ({
  ...holding(19_900),
  given: { errors: { ...noErrors, ...errors } },
});

itRules(claim, {
  confirmed: [
    [holding(19_900)],
    [holding(15_000)],
    [ending(19_000)],
    // One that was refused is not one that was held and lost.
    [lossy({ connect: 60 })],
  ],
  refuted: [[ending(14_000)], [ending(200)], [lossy({ missing: 1 })], [lossy({ ended: 1 })]],
  inconclusive: [
    // Ended by something else than the server: it holds so many at least.
    [holding(4_000)],
    [ending([14_000, 14_500, 15_000, 15_500, 16_000, 14_200])],
    [{ ...holding(19_900), given: { generatorBound: true } }],
  ],
});
