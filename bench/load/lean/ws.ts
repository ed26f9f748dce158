import type { Client, SubscribeOptions } from "../../../servers/contract.ts";
import { LeanSubscriber, maxMessageBytes } from "./subscriber.ts";
import { controlFrame, FrameReader, opcodes } from "./websocket-frames.ts";
import { newKey, readUpgrade, upgradeRequest } from "./websocket-handshake.ts";

const frame = new FrameReader();

/** Reads text messages from a WebSocket, answers pings, and says why the server closed. */
class WsSubscriber extends LeanSubscriber {
  /** The key of the handshake, until that is done. */
  #key: string | undefined;
  /** What has come of a message in several frames. */
  #fragments: Buffer | undefined;

  /** Section 7.1.5: the code of a connection that ended without a close frame. */
  protected get endedByConnection(): string {
    return "the connection closed with code 1006";
  }

  shakeHands(host: string, path: string): void {
    this.#key = newKey();
    this.write(upgradeRequest(host, path, this.#key));
  }

  protected take(bytes: Buffer, length: number): number {
    let at = 0;
    if (this.#key !== undefined) {
      at = readUpgrade(bytes, length, this.#key);
      if (at === 0) return 0;
      this.#key = undefined;
    }
    while (frame.read(bytes, at, length)) {
      at = frame.end;
      this.#frame(bytes);
    }
    return at;
  }

  /** Takes the frame that was read. */
  #frame(bytes: Buffer): void {
    const { opcode, start, end } = frame;
    if (opcode === opcodes.text && frame.final && this.#fragments === undefined) {
      this.message(bytes, start, end);
    } else if (opcode === opcodes.text || opcode === opcodes.continuation) {
      this.#fragment(bytes.subarray(start, end), opcode === opcodes.text, frame.final);
    } else if (opcode === opcodes.ping) {
      this.write(controlFrame(opcodes.pong, bytes.subarray(start, end)));
    } else if (opcode === opcodes.close) {
      this.#closed(bytes.subarray(start, end));
    } else if (opcode === opcodes.binary) {
      throw new Error("expected messages in text frames, got a binary one");
    }
  }

  #fragment(payload: Buffer, first: boolean, final: boolean): void {
    if (first !== (this.#fragments === undefined)) {
      throw new Error(
        first
          ? "expected the rest of a message in several frames, got another message"
          : "expected the first frame of a message, got a later one",
      );
    }
    const message = this.#fragments ? Buffer.concat([this.#fragments, payload]) : Buffer.from(payload);
    if (message.length > maxMessageBytes) {
      throw new Error(`expected a message of at most ${maxMessageBytes} bytes, got ${message.length} of one`);
    }
    this.#fragments = final ? undefined : message;
    if (final) this.message(message, 0, message.length);
  }

  /** Answers with the same code (section 5.5.1), and ends. */
  #closed(payload: Buffer): void {
    this.write(controlFrame(opcodes.close, payload.subarray(0, 2)));
    // Section 7.1.5: 1005 stands for a close frame without a code.
    const code = payload.length < 2 ? 1005 : payload.readUInt16BE(0);
    this.end(payload.toString("utf8", 2) || `the connection closed with code ${code}`);
  }
}

/** The lean client of WebSocket. */
export const leanWs: Client = {
  subscribe(endpoints, options: SubscribeOptions) {
    const { hostname, host, port } = new URL(endpoints.http);
    const path = `/events/ws${options.after === undefined ? "" : `?after=${options.after}`}`;
    return new Promise((resolve, reject) => {
      const subscriber = new WsSubscriber(hostname, Number(port || 80), options, { resolve, reject });
      subscriber.shakeHands(host, path);
    });
  },
};
