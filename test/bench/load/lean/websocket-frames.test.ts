import { expect, it } from "vitest";
import { controlFrame, FrameReader, opcodes } from "../../../../bench/load/lean/websocket-frames.ts";
import { acceptOf } from "../../../../bench/load/lean/websocket-handshake.ts";

const hello = Buffer.from("Hello");

/** Reads the whole of `bytes` as frames. */
function read(bytes: Buffer) {
  const reader = new FrameReader();
  const frames: { final: boolean; opcode: number; payload: string }[] = [];
  let at = 0;
  while (reader.read(bytes, at, bytes.length)) {
    const { final, opcode, start, end } = reader;
    frames.push({ final, opcode, payload: bytes.toString("utf8", start, end) });
    at = end;
  }
  expect(at).toBe(bytes.length);
  return frames;
}

// The examples of RFC 6455, section 5.7, in its order.

it("reads a single-frame unmasked text message", () => {
  const frames = read(Buffer.from([0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]));
  expect(frames).toEqual([{ final: true, opcode: opcodes.text, payload: "Hello" }]);
});

it("refuses a single-frame masked text message, as servers must not mask", () => {
  const masked = Buffer.from([0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]);
  expect(() => read(masked)).toThrow("expected an unmasked frame from the server, got a masked one");
});

it("reads a fragmented unmasked text message", () => {
  const frames = read(Buffer.from([0x01, 0x03, 0x48, 0x65, 0x6c, 0x80, 0x02, 0x6c, 0x6f]));
  expect(frames).toEqual([
    { final: false, opcode: opcodes.text, payload: "Hel" },
    { final: true, opcode: opcodes.continuation, payload: "lo" },
  ]);
});

it("reads an unmasked ping request", () => {
  const frames = read(Buffer.from([0x89, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]));
  expect(frames).toEqual([{ final: true, opcode: opcodes.ping, payload: "Hello" }]);
});

it("writes a masked ping response", () => {
  const pong = controlFrame(opcodes.pong, hello);
  expect([...pong.subarray(0, 2)]).toEqual([0x8a, 0x85]);
  const mask = pong.subarray(2, 6);
  expect(pong.subarray(6).map((byte, index) => byte ^ (mask[index % 4] ?? 0))).toEqual(hello);
});

it("masks each frame another way", () => {
  const masks = Array.from({ length: 20 }, () => controlFrame(opcodes.pong, hello).toString("hex", 2, 6));
  expect(new Set(masks).size).toBeGreaterThan(15);
});

it("reads 256 bytes of binary message in a single unmasked frame", () => {
  const [frame] = read(Buffer.concat([Buffer.from([0x82, 0x7e, 0x01, 0x00]), Buffer.alloc(256, "x")]));
  expect(frame).toEqual({ final: true, opcode: opcodes.binary, payload: "x".repeat(256) });
});

it("reads 64 KiB of binary message in a single unmasked frame", () => {
  const head = Buffer.from([0x82, 0x7f, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00]);
  const [frame] = read(Buffer.concat([head, Buffer.alloc(65_536, "x")]));
  expect(frame).toEqual({ final: true, opcode: opcodes.binary, payload: "x".repeat(65_536) });
});

it.each([
  ["in short", Buffer.concat([Buffer.from([0x81, 0x05]), hello])],
  ["in 16 bits", Buffer.concat([Buffer.from([0x81, 0x7e, 0x00, 0x05]), hello])],
  ["in 64 bits", Buffer.concat([Buffer.from([0x81, 0x7f, 0, 0, 0, 0, 0, 0, 0, 0x05]), hello])],
])("waits until a frame is whole, with its length %s", (_how, bytes) => {
  const reader = new FrameReader();
  // The bytes behind `length` are there, but not of this read.
  for (let length = 0; length < bytes.length; length++) expect(reader.read(bytes, 0, length)).toBe(false);
  expect(reader.read(bytes, 0, bytes.length)).toBe(true);
});

it.each([
  ["an extension", [0xc1, 0x00], "expected a frame without extensions, got one that begins with c100"],
  ["a reserved opcode", [0x83, 0x00], "expected an opcode of RFC 6455, got 3"],
  ["a fragmented ping", [0x09, 0x00], "expected a control frame in one piece"],
  ["a long ping", [0x89, 0x7e, 0x00, 0x7e], "expected a control frame in one piece"],
  [
    "2 MiB",
    [0x81, 0x7f, 0, 0, 0, 0, 0, 0x20, 0, 0],
    "expected a frame of at most 1048576 bytes, got one of 2097152",
  ],
])("refuses %s", (_what, bytes, message) => {
  expect(() => read(Buffer.from(bytes))).toThrow(message);
});

it("answers the key of RFC 6455, section 1.3", () => {
  expect(acceptOf("dGhlIHNhbXBsZSBub25jZQ==")).toBe("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
});
