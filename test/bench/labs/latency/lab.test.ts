import { describe, expect, it } from "vitest";
import { oneWayMs } from "../../../../bench/labs/article-network.ts";
import lab from "../../../../bench/labs/latency/lab.ts";
import { longPollMeanTransits } from "../../../../bench/labs/latency/long-poll-law.ts";
import { arrivals } from "../../../../bench/stats/poisson.ts";
import { seededRandom } from "../../../../bench/stats/random.ts";
import { noErrors } from "../../fixtures/one-cell.ts";
import { smokeTrial } from "../smoke-trial.ts";

describe("the mean of a long poll", () => {
  it.each([
    // m = 0.2: 1 + 0.2 / (0.2 + e^-0.2); m = 2: 1 + 2 / (2 + e^-2).
    [2, 1.1963],
    [20, 1.9366],
    [0.001, 1.0001],
    [10_000, 2],
  ])("at %d events per second over 50 ms is %d one-way delays", (perSecond, transits) => {
    expect(longPollMeanTransits(perSecond, 50)).toBeCloseTo(transits, 4);
  });

  it("is that of a long poll played through, event by event", () => {
    const perSecond = 20;
    const random = seededRandom(7);
    const times = arrivals({ kind: "poisson", perSecond, durationMs: 500_000, random });
    let waiting = [...times];
    let requestMs = 0;
    let sumMs = 0;
    while (waiting[0] !== undefined) {
      const answerMs = Math.max(waiting[0], requestMs);
      const later = waiting.findIndex((atMs) => atMs > answerMs);
      const answered = later === -1 ? waiting : waiting.slice(0, later);
      for (const atMs of answered) sumMs += answerMs - atMs + oneWayMs;
      waiting = waiting.slice(answered.length);
      requestMs = answerMs + 2 * oneWayMs;
    }
    expect(sumMs / times.length / oneWayMs).toBeCloseTo(longPollMeanTransits(perSecond, oneWayMs), 1);
  });
});

describe("the latency lab", () => {
  it("measures every event on its way to a subscriber beyond the relay", async () => {
    const { figures, errors, histograms, sending } = await smokeTrial(lab, {
      arm: "comet",
      point: { eventsPerSecond: 100 },
    });
    expect(errors).toEqual(noErrors);
    expect(figures.events).toBe(sending?.planned);
    // Each takes one way at the least, and the longest at least as long as the mean.
    expect(figures.meanMs).toBeGreaterThan(oneWayMs);
    expect(figures.worstMs).toBeGreaterThanOrEqual(figures.meanMs ?? Number.NaN);
    expect(figures.meanTransits).toBeCloseTo((figures.meanMs ?? Number.NaN) / oneWayMs);
    expect(figures.lawMeanTransits).toBeCloseTo(2, 3);
    expect(Object.keys(histograms)).toEqual(["latency"]);
  });
});
