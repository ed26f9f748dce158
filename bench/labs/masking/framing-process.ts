/** The process that makes frames, and nothing else. */
import { Sender } from "ws";
import { opcodes } from "../../load/lean/websocket-frames.ts";
import { serve } from "../../load/rpc.ts";

export interface FramingOrder {
  readonly masked: boolean;
  readonly payloadBytes: number;
  readonly frames: number;
}

export interface Framed {
  /** User and system time, of all threads: the garbage that frames leave is theirs. */
  readonly cpuMs: number;
  /** Of all frames, headers included. */
  readonly bytes: number;
}

/**
 * Makes frames as a client does that sends the same data to one server after the other, and so may not change it: the
 * masked ones as `ws` makes them, the others copied into memory of their own as well.
 */
function makeFrames({ masked, payloadBytes, frames }: FramingOrder): Framed {
  const payload = Buffer.alloc(payloadBytes, "payload ");
  const options = { fin: true, rsv1: false, opcode: opcodes.binary, mask: masked, readOnly: true };
  const before = process.cpuUsage();
  let bytes = 0;
  for (let frame = 0; frame < frames; frame++) {
    const pieces = Sender.frame(payload, options);
    bytes += (masked ? (pieces[0] ?? payload) : Buffer.concat(pieces)).length;
  }
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1_000, bytes };
}

const methods = { makeFrames };
export type FramingMethods = typeof methods;
serve(methods);
