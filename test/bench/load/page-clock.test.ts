import { describe, expect, it } from "vitest";
import { agreed, estimateOf, readClockLead } from "../../../bench/load/page-clock.ts";

/** Two clocks, the page's ahead by `leadMs`, and questions that take as long as `tripsMs` says, there and back. */
function clocks(leadMs: number, tripsMs: readonly (readonly [there: number, back: number])[]) {
  let nowMs = 1_000;
  let asked = 0;
  const askMs = async () => {
    const [there = 0, back = 0] = tripsMs[asked++ % tripsMs.length] ?? [];
    nowMs += there;
    // As coarse as a page's clock is.
    const toldMs = Math.floor((nowMs + leadMs) * 10) / 10;
    nowMs += back;
    return toldMs;
  };
  return { askMs, nowOfLoadMs: () => nowMs };
}

describe("the lead of a page's clock", () => {
  it.each([
    ["trips that are the same both ways", [[0.3, 0.3]]],
    ["trips that take longer there", [[0.7, 0.2]]],
    [
      "some quick trips among slow ones",
      [
        [2, 9],
        [0.2, 5],
        [4, 0.2],
      ],
    ],
  ] as const)("lies within what is told of it, after %s", async (_how, tripsMs) => {
    const leadMs = 1_795_498_553_229.04;
    const { askMs, nowOfLoadMs } = clocks(leadMs, tripsMs);
    const lead = await readClockLead(askMs, nowOfLoadMs);
    expect(lead.atLeastMs).toBeLessThanOrEqual(leadMs);
    expect(lead.atMostMs).toBeGreaterThanOrEqual(leadMs);
  });

  it("is known as well as the quickest way there and the quickest way back allow, together", async () => {
    const { askMs, nowOfLoadMs } = clocks(5, [
      [0.2, 5],
      [4, 0.2],
    ]);
    const { leadMs, uncertaintyMs } = estimateOf(await readClockLead(askMs, nowOfLoadMs));
    // Half of both ways, and what the page's clock is coarse by: when it was asked, and at what is to be timed.
    expect(uncertaintyMs).toBeLessThanOrEqual(0.2 + 2 * 0.1 + 1e-9);
    expect(Math.abs(leadMs - 5)).toBeLessThanOrEqual(uncertaintyMs - 0.1);
  });
});

it("tells how far off a time of the page may be, which is as coarse where the lead is exact", () => {
  expect(estimateOf({ atLeastMs: 5, atMostMs: 5 })).toEqual({ leadMs: 5, uncertaintyMs: 0.1 });
});

describe("two readings of it", () => {
  it("narrow what is known", () => {
    expect(agreed({ atLeastMs: 1, atMostMs: 3 }, { atLeastMs: 2, atMostMs: 5 })).toEqual({
      atLeastMs: 2,
      atMostMs: 3,
    });
  });

  it("that no clock can have had are refused, with how far it has moved at least", () => {
    expect(() => agreed({ atLeastMs: 1, atMostMs: 2 }, { atLeastMs: 2.5, atMostMs: 3 })).toThrow(
      "two readings that are 0.500 ms apart",
    );
  });
});
