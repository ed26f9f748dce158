import { expect, it } from "vitest";
import { seededRandom, shuffled } from "../../../bench/stats/random.ts";

const items = Array.from({ length: 50 }, (_, index) => index);

it("gives the same order for the same seed, another for another", () => {
  expect(shuffled(items, seededRandom(7))).toEqual(shuffled(items, seededRandom(7)));
  expect(shuffled(items, seededRandom(7))).not.toEqual(shuffled(items, seededRandom(8)));
});

it("loses and repeats nothing", () => {
  expect(shuffled(items, seededRandom(1)).toSorted((a, b) => a - b)).toEqual(items);
});

it("spreads evenly over [0, 1)", () => {
  const random = seededRandom(1);
  const tenths = new Array<number>(10).fill(0);
  for (let draw = 0; draw < 10_000; draw++) {
    const tenth = Math.floor(random() * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});
