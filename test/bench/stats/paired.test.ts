import { describe, expect, it } from "vitest";
import { type ByBlock, type PairedRatio, pairedRatio } from "../../../bench/stats/paired.ts";
import { seededRandom } from "../../../bench/stats/random.ts";

const byBlock = (...figures: readonly number[]): ByBlock =>
  new Map(figures.map((figure, index) => [index + 1, figure]));

const endsOf = ({ interval, ratio }: PairedRatio) =>
  [interval?.low, ratio, interval?.high].map((end) => end ?? Number.NaN);
const areReciprocals = (one: readonly number[], other: readonly number[]) =>
  one.every((end, index) => 1 / end === other[index]);

describe("the ratio of two servers", () => {
  it("is paired: what a whole block has more of cancels out", () => {
    const a = byBlock(2, 4, 8, 16, 32, 64, 128, 256);
    const b = byBlock(1, 2, 4, 8, 16, 32, 64, 128);
    const { ratio, interval, blocks, leftOut } = pairedRatio(a, b);
    expect(ratio).toBeCloseTo(2, 12);
    expect(interval?.low).toBeCloseTo(2, 12);
    expect(interval?.high).toBeCloseTo(2, 12);
    expect([blocks, leftOut]).toEqual([8, 0]);
  });

  it("is on a scale where twice and half as much cancel out", () => {
    expect(pairedRatio(byBlock(2, 1), byBlock(1, 2)).ratio).toBeCloseTo(1, 12);
  });

  it("is the reciprocal when the servers are exchanged, to the last digit", () => {
    const random = seededRandom(3);
    for (let round = 0; round < 200; round++) {
      const figures = () => byBlock(...Array.from({ length: 6 + (round % 5) }, () => Math.exp(random() * 3)));
      const [a, b] = [figures(), figures()];
      const [one, other] = [endsOf(pairedRatio(a, b)), endsOf(pairedRatio(b, a)).reverse()];
      // In floating point 1 / (1 / x) may not be x, so it is to hold to the last digit in one direction.
      expect(areReciprocals(one, other) || areReciprocals(other, one)).toBe(true);
    }
  });

  it("leaves out and counts blocks in which one is missing", () => {
    const a = byBlock(2, 2, 2, 2, 2, 2, 2);
    const b = new Map([...byBlock(1, 1, 1, 1, 1, 1)].map(([block, figure]) => [block + 2, figure]));
    const { ratio, interval, because, blocks, leftOut } = pairedRatio(a, b);
    expect(ratio).toBeCloseTo(2, 12);
    expect(interval).toBeUndefined();
    expect(because).toBe("an interval takes 6 blocks with both, got 5");
    expect([blocks, leftOut]).toEqual([5, 3]);
  });

  it.each([
    ["no block of both", byBlock(), byBlock(1), "no block has a figure of both"],
    ["a figure of 0", byBlock(0, 1), byBlock(1, 1), "a ratio takes figures above 0, got 0"],
    ["a figure below 0", byBlock(1, 1), byBlock(1, -4_096), "a ratio takes figures above 0, got -4096"],
  ])("is refused with %s", (_, a, b, because) => {
    expect(pairedRatio(a, b)).toMatchObject({ ratio: undefined, interval: undefined, because });
  });
});
