import { expect, it } from "vitest";
import claim from "../../../bench/claims/polling-asks-for-nothing.ts";
import { verdictOf } from "../../../bench/claims/verdict.ts";
import { runMeasuring } from "../fixtures/measured.ts";
import { itRules } from "./rulings.ts";

const rare = { scenario: "boiling", arm: "polling", point: { eventsPerSecond: 8, pollMs: 10 } };
const often = { scenario: "boiling", arm: "polling", point: { eventsPerSecond: 200, pollMs: 100 } };
const close = { ...often, figures: { wastedPercent: 0, wastedOffPercent: 0.1 } };

itRules(claim, {
  confirmed: [
    [{ ...rare, figures: { wastedPercent: [91, 92, 93, 92, 91, 90], wastedOffPercent: 1 } }, close],
    [{ ...rare, figures: { wastedPercent: [50, 51, 52, 53, 54, 55], wastedOffPercent: 5 } }, close],
  ],
  refuted: [
    [{ ...rare, figures: { wastedPercent: [44, 45, 46, 47, 48, 49], wastedOffPercent: 1 } }, close],
    // Often enough in vain, but not as theory has it: there, or where events come often.
    [{ ...rare, figures: { wastedPercent: 80, wastedOffPercent: [6, 7, 8, 9, 8, 7] } }, close],
    [
      { ...rare, figures: { wastedPercent: 92, wastedOffPercent: 1 } },
      { ...often, figures: { wastedPercent: 6, wastedOffPercent: 6 } },
    ],
  ],
  inconclusive: [
    [{ ...rare, figures: { wastedPercent: [45, 47, 49, 51, 53, 55], wastedOffPercent: 1 } }, close],
    [{ ...rare, figures: { wastedPercent: 92, wastedOffPercent: [2, 3, 4, 6, 7, 8] } }, close],
    // Theory could not be asked.
    [{ ...rare, figures: { wastedPercent: 92 } }, close],
    [{ ...rare, figures: { wastedPercent: 92, wastedOffPercent: 1 }, given: { generatorBound: true } }],
  ],
});

it.each([
  [1.5, "confirmed"],
  [4, "inconclusive"],
  [7, "inconclusive"],
  [16, "refuted"],
])("of one trial, %f points off are %s: chance has a part in them", (wastedOffPercent, ruling) => {
  const cells = [{ ...rare, figures: { wastedPercent: 92, wastedOffPercent } }, close];
  expect(verdictOf(claim, runMeasuring(cells, 1)).ruling).toBe(ruling);
});
