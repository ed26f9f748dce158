import { expect, it } from "vitest";
import { perMessage } from "../../../../bench/labs/bytes/per-message.ts";

/** Ten polls of 2009, three packets each. */
const polls = {
  asked: true,
  messages: 10,
  applicationBytes: 9_300,
  loopback: { bytes: 10_860, packets: 30 },
  elapsedMs: undefined,
};

it("tells headers from the message, and holds the wire against the formula", () => {
  const { figures, notes } = perMessage(polls);
  expect(figures).toEqual({
    applicationBytes: 930,
    headerBytes: 909,
    packets: 3,
    wireBytes: 1_086,
    wireFormulaBytes: 1_086,
    formulaOffPercent: 0,
    // 60 polls of 1,065 bytes, and one message.
    oneAMinuteWireBytes: 63_921,
  });
  expect(notes).toEqual([]);
});

it("knows application bytes alone where nobody tells what was on the wire", () => {
  const { figures } = perMessage({ ...polls, loopback: undefined });
  expect(figures).toEqual({ applicationBytes: 930, headerBytes: 909 });
});

it("is the same once a minute for who is sent it without asking", () => {
  const { figures } = perMessage({
    ...{ asked: false, messages: 1, applicationBytes: 23, elapsedMs: undefined },
    loopback: { bytes: 127, packets: 2 },
  });
  expect(figures).toMatchObject({ headerBytes: 2, wireBytes: 127, oneAMinuteWireBytes: 127 });
});

it.each([
  [1.029, 0],
  [1.031, 1],
])("says so when the wire is %d times the formula: %d notes", (factor, notes) => {
  const loopback = { bytes: 10_860 * factor, packets: 30 };
  expect(perMessage({ ...polls, loopback }).notes).toHaveLength(notes);
});

it("gives bits a second of the article's cases, and says what is computed", () => {
  const { figures, notes } = perMessage({ ...polls, elapsedMs: 1_000 });
  expect(figures).toMatchObject({ bitsPerSecond: 86_880, computedBitsPerSecond: 868_800_000 });
  expect(notes).toEqual([
    "a message a second each comes to 0.0869 Mbit/s on the wire; of 100,000 clients, computed by the formula and not measured, to 869 Mbit/s",
  ]);
});
