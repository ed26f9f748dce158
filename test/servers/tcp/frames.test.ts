import { describe, expect, it } from "vitest";
import { NulFrames } from "../../../servers/tcp/frames.ts";

const stream = Buffer.from('{"after":3}\0\0é👋\0{"last":true}\0rest');
const messages = ['{"after":3}', "", "é👋", '{"last":true}'];

function cut(chunks: readonly Buffer[], maxBytes = 100): string[] {
  const frames = new NulFrames(maxBytes);
  return chunks.flatMap((chunk) => [...frames.push(chunk)].map(String));
}

describe("NulFrames", () => {
  it("gives every message of one chunk", () => expect(cut([stream])).toEqual(messages));

  it.each(Array.from({ length: stream.length + 1 }, (_, at) => at))(
    "gives the same when cut at byte %i",
    (at) => {
      expect(cut([stream.subarray(0, at), stream.subarray(at)])).toEqual(messages);
    },
  );

  it("gives the same byte by byte", () => {
    expect(cut([...stream].map((byte) => Buffer.from([byte])))).toEqual(messages);
  });

  it("takes a message of the largest size, and refuses a longer one before its end has come", () => {
    expect(cut([Buffer.from("12345"), Buffer.from("\0")], 5)).toEqual(["12345"]);
    expect(() => cut([Buffer.from("12345"), Buffer.from("6")], 5)).toThrow(
      "expected a NUL byte within 5 bytes, got 6 without",
    );
  });

  it("gives the messages before one that is too long", () => {
    const frames = new NulFrames(3).push(Buffer.from("ab\0cdefgh"));
    expect(frames.next().value?.toString()).toBe("ab");
    expect(() => frames.next()).toThrow(RangeError);
  });
});
