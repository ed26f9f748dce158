import { describe, expect, it } from "vitest";
import { arms, atOnce, waitOf } from "../../../../bench/labs/waiting/arms.ts";
import { lawPerSecond, steadyPerSecond } from "../../../../bench/labs/waiting/law.ts";

describe("the law", () => {
  it.each([
    ["blocking-loop", 80, 12.5],
    ["pool-4", 80, 50],
    ["pool-64", 80, 800],
    // Of more threads than clients, the others have nothing to do.
    ["pool-256", 80, 2_500],
    ["event-loop", 80, 2_500],
    ["event-loop", 0.5, 400_000],
  ])("gives %s with queries of %d ms %d per second", (arm, queryMs, perSecond) => {
    expect(lawPerSecond({ atOnce: atOnce(waitOf(arm)), clients: 200, queryMs })).toBe(perSecond);
  });

  it("has a way of waiting for every arm, and for no other", () => {
    expect(arms.map(({ name }) => atOnce(waitOf(name)))).toEqual([
      1,
      4,
      16,
      64,
      256,
      Number.POSITIVE_INFINITY,
    ]);
    expect(() => waitOf("pool-5")).toThrow("expected one of blocking-loop, pool-4");
  });
});

describe("a steady rate", () => {
  /** Waves of three, 80 ms apart, with the answers of a wave 1 ms apart. */
  const waves = (count: number) =>
    Array.from({ length: 3 * count }, (_, index) => 80 * Math.floor(index / 3) + (index % 3));

  it("is that of whole waves, wherever the window cuts them", () => {
    const answersMs = waves(5);
    for (let cut = 0; cut < 6; cut++)
      expect(steadyPerSecond(answersMs.slice(cut), 3)).toBeCloseTo(3_000 / 80, 10);
    for (let cut = 1; cut < 6; cut++)
      expect(steadyPerSecond(answersMs.slice(0, -cut), 3)).toBeCloseTo(3_000 / 80, 10);
  });

  it("takes more than a wave", () => {
    expect(() => steadyPerSecond(waves(1), 3)).toThrow("expected more than 3 answers");
    expect(() => steadyPerSecond([], 1)).toThrow("got 0");
  });
});
