import { expect, it } from "vitest";
import { armNames } from "../../../../bench/labs/bytes/arms.ts";
import bytes from "../../../../bench/labs/bytes/lab.ts";
import { smokeOptions, smokeTrial } from "../smoke-trial.ts";

/** What each arm adds to a message, where that is the same everywhere. */
const headerBytes: Readonly<Record<string, number>> = {
  "poll-2009": 909,
  "poll-today": 701,
  "poll-bare": 259,
  "poll-close": 667,
  comet: 701,
  // RFC 6455, section 5.2: two bytes before a short message of a server.
  ws: 2,
  // `data: `, two line ends, and what chunks of HTTP/1.1 take: their length and two line ends.
  streaming: 14,
  // The frame, and `42["quote","` and `"]` around the message.
  socketio: 16,
  tcp: 1,
};

it.each(armNames)("counts the bytes of a message by %s", async (arm) => {
  const cell = bytes.cells(smokeOptions()).find((candidate) => candidate.arm === arm);
  if (cell === undefined) throw new Error(`expected a cell of ${arm}`);
  const { figures, errors } = await smokeTrial(bytes, cell);
  expect(errors.missing).toBe(0);
  const expected = headerBytes[arm];
  if (expected !== undefined) expect(figures.headerBytes).toBe(expected);
  else {
    // HTTP/2 compresses headers that it has seen: three frame heads, and the date anew; far less than it has to say.
    expect(figures.headerBytes).toBeGreaterThan(3 * 9);
    expect(figures.headerBytes).toBeLessThan(150);
  }
});
