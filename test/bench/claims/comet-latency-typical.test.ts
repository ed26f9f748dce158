import { describe, expect, it } from "vitest";
import claim from "../../../bench/claims/comet-latency-typical.ts";
import { verdictOf } from "../../../bench/claims/verdict.ts";
import { type MeasuredCell, runMeasuring } from "../fixtures/measured.ts";
import { itRules } from "./rulings.ts";

/** Comet's mean beside a push of 50 ms, at the rate that counts. */
function mean(meanMs: number | readonly number[]): MeasuredCell[] {
  const point = { eventsPerSecond: 100 };
  return [
    {
      scenario: "latency",
      arm: "comet",
      point: { eventsPerSecond: 2 },
      figures: { meanMs: 60, meanTransits: 1.2, lawMeanTransits: 1.196 },
    },
    { scenario: "latency", arm: "comet", point, figures: { meanMs } },
    { scenario: "latency", arm: "ws", point, figures: { meanMs: 50 } },
  ];
}

describe("Comet's mean latency over push", () => {
  itRules(claim, {
    confirmed: [mean(136), mean(150), mean(164)],
    refuted: [mean(134), mean(100), mean(50), mean(166)],
    inconclusive: [mean([120, 125, 130, 140, 145, 150]), mean([150, 155, 160, 170, 175, 180])],
  });

  it("shows what it is at each rate, and what it should be", () => {
    const { beside } = verdictOf(claim, runMeasuring(mean(100)));
    expect(beside.slice(0, 2)).toMatchObject([
      { what: expect.stringContaining("at 2 events per second"), estimate: { value: 1.2 } },
      { what: expect.stringContaining("at 2 events per second"), estimate: { value: 1.196 } },
    ]);
  });
});
