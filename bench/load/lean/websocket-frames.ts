/** Frames of RFC 6455, section 5: what a client reads, and what it answers. */
import { randomFillSync } from "node:crypto";
import { maxMessageBytes } from "./subscriber.ts";

/** The opcodes that a client of text messages can meet (section 11.8). */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

const known = new Set<number>(Object.values(opcodes));

/** Longest payload of a control frame (section 5.5), and of any frame with the short form of length. */
const maxControlBytes = 125;

/** The frame read last. One is enough for a process, as a frame is dealt with before the next is read. */
export class FrameReader {
  final = false;
  opcode = 0;
  /** Where the payload begins and ends. */
  start = 0;
  end = 0;

  /**
   * Reads the frame that begins at `at`; false when it is not whole within `length`. Throws when it is not one
   * that a server may send to a client that negotiated no extension.
   */
  read(bytes: Buffer, at: number, length: number): boolean {
    if (length - at < 2) return false;
    const first = bytes.readUInt8(at);
    const second = bytes.readUInt8(at + 1);
    this.final = (first & 0x80) !== 0;
    this.opcode = first & 0x0f;
    if ((first & 0x70) !== 0) throw new Error(`expected a frame without extensions, got ${hex(bytes, at)}`);
    if (!known.has(this.opcode)) throw new Error(`expected an opcode of RFC 6455, got ${this.opcode}`);
    if ((second & 0x80) !== 0)
      throw new Error("expected an unmasked frame from the server, got a masked one");
    const short = second & 0x7f;
    if (this.opcode >= opcodes.close && (!this.final || short > maxControlBytes)) {
      throw new Error(`expected a control frame in one piece of at most 125 bytes, got ${hex(bytes, at)}`);
    }
    this.start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
    if (length < this.start) return false;
    const payloadBytes =
      short < 126
        ? short
        : short === 126
          ? bytes.readUInt16BE(at + 2)
          : Number(bytes.readBigUInt64BE(at + 2));
    if (payloadBytes > maxMessageBytes) {
      throw new Error(`expected a frame of at most ${maxMessageBytes} bytes, got one of ${payloadBytes}`);
    }
    this.end = this.start + payloadBytes;
    return this.end <= length;
  }
}

/** A control frame as a client sends it: in one piece, and masked (section 5.3). */
export function controlFrame(opcode: number, payload: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(6 + payload.length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | payload.length;
  randomFillSync(frame, 2, 4);
  for (const [index, byte] of payload.entries()) frame[6 + index] = byte ^ frame.readUInt8(2 + (index % 4));
  return frame;
}

function hex(bytes: Buffer, at: number): string {
  return `one that begins with ${bytes.toString("hex", at, at + 2)}`;
}
