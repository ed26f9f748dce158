import { describe } from "vitest";
import claim from "../../../bench/claims/transports-blurred.ts";
import type { MeasuredCell } from "../fixtures/measured.ts";
import { itRules } from "./rulings.ts";

interface Seen {
  /** Of long polling; that of WebSocket is 50 ms. */
  readonly meanMs?: number | readonly number[];
  readonly lostWithCursor?: number | readonly number[];
  readonly disordered?: number | readonly number[];
  /** The one that loses or disorders events. */
  readonly arm?: string;
}

function blurred({
  meanMs = 55,
  lostWithCursor = 0,
  disordered = 0,
  arm = "socketio-polling",
}: Seen): MeasuredCell[] {
  const point = { eventsPerSecond: 100 };
  return ["socketio", "socketio-polling", "tcp"].map((name) => ({
    scenario: "blur",
    arm: name,
    point,
    figures: {
      meanMs: name === "socketio-polling" ? meanMs : 50,
      lostWithCursor: name === arm ? lostWithCursor : 0,
      disordered: name === arm ? disordered : 0,
      lostBare: 40,
      serverKnew: 0,
    },
  }));
}

describe("what tells transports apart behind one API", () => {
  itRules(claim, {
    confirmed: [
      blurred({}),
      blurred({ meanMs: 75 }),
      // A fault of a server that Socket.IO has no part in.
      blurred({ lostWithCursor: 1, disordered: 1, arm: "tcp" }),
    ],
    refuted: [
      blurred({ meanMs: 76 }),
      blurred({ meanMs: 150 }),
      blurred({ lostWithCursor: 1 }),
      // One that is lost in one trial of many is lost.
      blurred({ lostWithCursor: [0, 0, 1, 0, 0, 0] }),
      blurred({ disordered: [0, 0, 0, 0, 0, 1] }),
      blurred({ disordered: 1 }),
      blurred({ disordered: 1, arm: "socketio" }),
    ],
    inconclusive: [
      blurred({ meanMs: [60, 65, 70, 80, 85, 90] }),
      blurred({}).filter(({ arm }) => arm !== "socketio"),
    ],
  });
});
