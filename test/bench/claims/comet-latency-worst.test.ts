import { describe, expect, it } from "vitest";
import claim from "../../../bench/claims/comet-latency-worst.ts";
import { verdictOf } from "../../../bench/claims/verdict.ts";
import { type MeasuredCell, runMeasuring } from "../fixtures/measured.ts";
import { itRules } from "./rulings.ts";

/** Comet's longest, in one-way delays, beside a push that takes one. */
function longest(worstTransits: number | readonly number[]): MeasuredCell[] {
  const point = { eventsPerSecond: 100 };
  return [
    { scenario: "latency", arm: "comet", point: { eventsPerSecond: 2 }, figures: { worstTransits: 1 } },
    { scenario: "latency", arm: "comet", point, figures: { worstTransits, worstMs: 50 } },
    { scenario: "latency", arm: "ws", point, figures: { medianTransits: 1, medianMs: 50, worstMs: 50 } },
  ];
}

describe("Comet's longest latency over push", () => {
  itRules(claim, {
    confirmed: [longest(2.7), longest(3), longest(3.3)],
    refuted: [longest(2.69), longest(1), longest(3.31), longest(20)],
    inconclusive: [
      longest([2.5, 2.6, 2.65, 2.75, 2.8, 2.9]),
      longest([3, 3.1, 3.2, 3.4, 3.5, 3.6]),
      longest(3).map((cell) => ({ ...cell, given: { generatorBound: cell.arm === "ws" } })),
    ],
  });

  it.each([
    [3.05, "confirmed"],
    [3.6, "inconclusive"],
    [7, "refuted"],
    [2.5, "refuted"],
  ])("of one trial %d is %s: above, it may be a hiccup of the machine", (worstTransits, ruling) => {
    expect(verdictOf(claim, runMeasuring(longest(worstTransits), 1)).ruling).toBe(ruling);
  });
});
