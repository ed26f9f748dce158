import { expect, it } from "vitest";
import { pushesOf } from "../../../bench/labs/pushes.ts";

it("takes from each event when half and when all had it, and of these the median", () => {
  const rounds = [
    [1, 2, 9],
    [3, 1, 2],
    [2, 4, 6],
  ];
  expect(pushesOf(rounds, 3)).toEqual({
    ...{ events: 3, medianMs: 2, lastMs: 6, lastsMs: [9, 3, 6] },
    ...{ delivered: 9, due: 9 },
  });
});

it("knows no last where somebody missed the event, and counts what did not arrive", () => {
  expect(pushesOf([[1, 2], [5], []], 2)).toMatchObject({ events: 1, lastMs: 2, delivered: 3, due: 6 });
  expect(pushesOf([], 2)).toMatchObject({ events: 0, lastMs: undefined, medianMs: undefined });
});
