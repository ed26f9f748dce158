import claim from "../../../bench/claims/webhooks-even-a-baby.ts";
import type { MeasuredCell } from "../fixtures/measured.ts";
import { itRules } from "./rulings.ts";

const cell = (arm: string, rightPercent: number | readonly number[], forgedAccepted = 0): MeasuredCell => ({
  scenario: "hostile-webhooks",
  arm,
  figures: { rightPercent, forgedTries: 1_000, forgedAccepted },
});

itRules(claim, {
  confirmed: [[cell("naive", 100), cell("service", 50)], [cell("naive", 91)]],
  refuted: [[cell("naive", 50, 1_000), cell("service", 100)], [cell("naive", 89)]],
  inconclusive: [[cell("naive", [80, 100, 90, 85, 95, 88])], [cell("service", 100)]],
});
