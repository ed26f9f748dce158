import { describe } from "vitest";
import claim from "../../../bench/claims/comet-half-duplex.ts";
import type { MeasuredCell } from "../fixtures/measured.ts";
import { itRules } from "./rulings.ts";

function connections(comet: number | readonly number[], ws = 1): MeasuredCell[] {
  const point = { rounds: 10 };
  return [
    { scenario: "ping-pong", arm: "comet", point, figures: { connections: comet } },
    { scenario: "ping-pong", arm: "ws", point, figures: { connections: ws } },
  ];
}

describe("the connections of a conversation", () => {
  itRules(claim, {
    confirmed: [connections(2), connections(3), connections(31, 20)],
    refuted: [connections(1), connections(2, 2), connections(29, 20)],
    inconclusive: [connections([1, 1, 1, 2, 2, 2])],
  });
});
