import { expect, test } from "vitest";
import { spreadApart } from "../../../../bench/charts/drawing/spread-apart.ts";

const room = { from: 0, to: 100 };

test("leaves what lies far enough apart where it is", () => {
  expect(spreadApart([10, 30, 60], 10, room)).toEqual([10, 30, 60]);
});

test("moves neighbours that are too near apart around their middle", () => {
  expect(spreadApart([50, 50], 10, room)).toEqual([45, 55]);
  expect(spreadApart([40, 50, 51, 52, 90], 10, room)).toEqual([33.25, 43.25, 53.25, 63.25, 90]);
});

test("keeps all between the ends", () => {
  expect(spreadApart([1, 2, 3], 10, room)).toEqual([0, 10, 20]);
  expect(spreadApart([99, 100], 10, room)).toEqual([90, 100]);
});

test("has nothing to do for none, or one", () => {
  expect(spreadApart([], 10, room)).toEqual([]);
  expect(spreadApart([42], 10, room)).toEqual([42]);
});
