import type { HttpRequest } from "../service/http-answer.ts";
import { maxBodyBytes } from "../service/webhooks/dialect.ts";
import {
  addFieldLine,
  type Fields,
  type HeadMeaning,
  interpretHead,
  parseChunkSize,
  parseRequestLine,
  Refusal,
} from "./http-head.ts";

/** What the reader is in the middle of, which decides how long its source may wait. */
export type Awaiting = "request" | "head" | "body";

/** Where the bytes come from. */
export interface Source {
  /** Waits for bytes. Empty: there will be no more. */
  read(awaiting: Awaiting): Buffer;
  /** Tells the sender, which waits to be told, to go on with the body. */
  sendContinue(): void;
}

/** A request read to its end, and whether its connection is to be used again. */
export interface ReadRequest extends HttpRequest {
  readonly keepAlive: boolean;
  /** The sender knows chunked bodies, which HTTP/1.0 does not. */
  readonly takesChunks: boolean;
}

/** Most bytes of a request line and its header fields, as in node:http; also of the trailer fields. */
export const maxHeadBytes = 16 * 1024;

/** Most bytes of the line before a chunk, its extensions included. */
const maxChunkLineBytes = 256;

const lineFeed = 10;
const carriageReturn = 13;

/** Cuts the bytes of one connection into requests. Source: RFC 9112, sections 2 to 7. */
export class HttpReader {
  readonly #source: Source;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: Source) {
    this.#source = source;
  }

  /**
   * The next request; undefined when the connection ended before one began. Throws `Refusal` for what is no
   * request, or one that is too large.
   */
  next(): ReadRequest | undefined {
    if (this.#rest.length === 0) this.#rest = this.#source.read("request");
    if (this.#rest.length === 0) return undefined;
    let left = maxHeadBytes;
    const line = () => {
      const text = this.#line("head", left, 431);
      left -= text.length + 2;
      return text;
    };
    let first = line();
    // RFC 9112, section 2.2: an empty line before the request line is ignored. It begins the time for the head, so
    // that nobody holds the thread with empty lines.
    while (first === "") {
      if (this.#rest.length === 0) this.#rest = this.#source.read("head");
      if (this.#rest.length === 0) return undefined;
      first = line();
    }
    const requestLine = parseRequestLine(first);
    const headers: Fields = Object.create(null);
    for (let field = line(); field !== ""; field = line()) addFieldLine(headers, field);
    const meaning = interpretHead(requestLine, headers);
    const { method, target, version } = requestLine;
    const body = this.#body(meaning);
    return { method, target, headers, body, keepAlive: meaning.keepAlive, takesChunks: version === "1.1" };
  }

  #body({ framing, expectsContinue }: HeadMeaning): Buffer {
    const announced = framing.kind === "length" ? framing.bytes : 0;
    if (announced > maxBodyBytes) throw tooLarge();
    if (expectsContinue) this.#source.sendContinue();
    return framing.kind === "length" ? this.#bytes(announced) : this.#chunks();
  }

  #chunks(): Buffer {
    const chunks: Buffer[] = [];
    let total = 0;
    for (;;) {
      const size = parseChunkSize(this.#line("body", maxChunkLineBytes, 400));
      if (size === 0) break;
      total += size;
      if (total > maxBodyBytes) throw tooLarge();
      chunks.push(this.#bytes(size));
      if (this.#line("body", 2, 400) !== "") throw new Refusal(400, "expected a line end after a chunk");
    }
    // Trailer fields are checked for their form and dropped.
    const trailers: Fields = {};
    let left = maxHeadBytes;
    for (let field = this.#line("body", left, 431); field !== ""; field = this.#line("body", left, 431)) {
      addFieldLine(trailers, field);
      left -= field.length + 2;
    }
    return Buffer.concat(chunks);
  }

  /** The next line, without its CR LF. Longer than `maxBytes` with it: refused with `status`. */
  #line(awaiting: Awaiting, maxBytes: number, status: number): string {
    let end = this.#rest.indexOf(lineFeed);
    while (end === -1 && this.#rest.length <= maxBytes) {
      const searched = this.#rest.length;
      this.#more(awaiting);
      end = this.#rest.indexOf(lineFeed, searched);
    }
    if (end === -1 || end + 1 > maxBytes) {
      throw new Refusal(status, `expected a line end within ${maxBytes} bytes, got none`);
    }
    if (this.#rest[end - 1] !== carriageReturn) throw new Refusal(400, "expected CR LF, got LF alone");
    const line = this.#rest.toString("latin1", 0, end - 1);
    this.#rest = this.#rest.subarray(end + 1);
    return line;
  }

  #bytes(count: number): Buffer {
    while (this.#rest.length < count) this.#more("body");
    const bytes = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return bytes;
  }

  #more(awaiting: Awaiting): void {
    const bytes = this.#source.read(awaiting);
    // RFC 9112, section 8: a request that breaks off is not acted on.
    if (bytes.length === 0) throw new Refusal(400, "expected the rest of a request, got the end");
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
  }
}

function tooLarge(): Refusal {
  return new Refusal(413, `expected a body of at most ${maxBodyBytes} bytes, got a larger one`);
}
