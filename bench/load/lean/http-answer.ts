/** The answer to a webhook: how it is found in the bytes of its connection. Source: RFC 9112, sections 4 to 7. */

/** Longest head of an answer, and longest trailer section: as in node:http. */
const maxHeadBytes = 16 * 1024;

/** Longest line before a chunk, its extensions included. */
const maxChunkLineBytes = 256;

const lineEnd = Buffer.from("\r\n");
const headEnd = Buffer.from("\r\n\r\n");

/** RFC 9112, section 4. The space after the status is missing from some servers that have no reason to give. */
const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [^\r\n]*)?$/;

/** A `token` of RFC 9110, section 5.6.2, right before its colon; no control character but the tab in a value. */
const fieldLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/;

const chunkLine = /^([0-9A-Fa-f]{1,8})[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/;

/** What comes next. */
type Part =
  | "head"
  | "body"
  | "body to the end"
  | "chunk line"
  | "chunk"
  | "chunk end"
  | "trailer"
  | "nothing";

/** The fields that say where an answer ends and what becomes of its connection; empty: there is none. */
interface Framing {
  length: string;
  coding: string;
  connection: string;
}

/** Reads one answer after the other from a connection; of the bodies only where they end. */
export class HttpAnswer {
  #part: Part = "nothing";
  #left = 0;
  #status = 0;
  #keepAlive = false;

  /** Of the answer read last. */
  get status(): number {
    return this.#status;
  }

  /** Whether the connection may have another request, once the answer is whole. */
  get keepAlive(): boolean {
    return this.#keepAlive;
  }

  get isWhole(): boolean {
    return this.#part === "nothing";
  }

  /** Another request was sent: its answer comes next. */
  begin(): void {
    this.#part = "head";
  }

  /**
   * Takes what it can of `bytes` up to `length`, and gives how many bytes that was; the rest is offered again when more
   * has come. What follows a whole answer is not taken. Throws when it is not what HTTP allows.
   */
  take(bytes: Buffer, length: number): number {
    let at = 0;
    while (this.#part !== "nothing") {
      const taken = this.#takePart(bytes.subarray(at, length));
      if (taken === undefined) break;
      at += taken;
    }
    return at;
  }

  /** The connection has ended. Throws unless that is what ends the answer (section 6.3). */
  end(): void {
    if (this.#part !== "body to the end" && this.#part !== "nothing") {
      throw new Error(`expected the ${this.#part} of an answer, got the end of the connection`);
    }
    this.#part = "nothing";
  }

  /** Bytes of the part that is next, or of as much as is there; undefined when more have to come first. */
  #takePart(bytes: Buffer): number | undefined {
    switch (this.#part) {
      case "head":
        return this.#takeHead(bytes);
      case "chunk line":
        return this.#takeChunkLine(bytes);
      case "trailer":
        return this.#takeTrailer(bytes);
      case "chunk end":
        return this.#takeChunkEnd(bytes);
      default:
        return this.#takeBody(bytes);
    }
  }

  #takeHead(bytes: Buffer): number | undefined {
    const end = find(headEnd, bytes, maxHeadBytes, "head");
    if (end === undefined) return undefined;
    // Section 5.2: a line that is folded is one.
    const [first = "", ...lines] = bytes
      .toString("latin1", 0, end)
      .replace(/\r\n[ \t]+/g, " ")
      .split("\r\n");
    const [, minor, status] = statusLine.exec(first) ?? [];
    if (status === undefined) {
      throw new Error(`expected a status line such as HTTP/1.1 202 Accepted, got ${quoted(first)}`);
    }
    this.#status = Number(status);
    const framing = framingOf(lines);
    if (this.#status === 101) throw new Error("expected an answer, got 101 Switching Protocols, unasked");
    // RFC 9110, section 15.2: there may be any number of them before the answer.
    if (this.#status >= 200) this.#frame(minor === "0", framing);
    return end + headEnd.length;
  }

  /** Sections 6.3 and 9.3. */
  #frame(isOld: boolean, { length, coding, connection }: Framing): void {
    const options = listOf(connection);
    this.#keepAlive = isOld ? options.includes("keep-alive") : !options.includes("close");
    if (coding !== "" && (length !== "" || isOld)) {
      const beside = isOld ? "HTTP/1.0" : "a Content-Length";
      throw new Error(`expected no Transfer-Encoding beside ${beside}, got ${quoted(coding)}`);
    }
    if (this.#status === 204 || this.#status === 304) this.#part = "nothing";
    else if (listOf(coding).at(-1) === "chunked") this.#part = "chunk line";
    else if (coding === "" && length !== "") this.#expectBody(length);
    else {
      this.#part = "body to the end";
      this.#keepAlive = false;
    }
  }

  #expectBody(length: string): void {
    // The same number several times is one (section 6.3).
    const [bytes = "", ...others] = new Set(listOf(length));
    if (others.length > 0 || !/^\d{1,15}$/.test(bytes)) {
      throw new Error(`expected Content-Length to be a whole number, got ${quoted(length)}`);
    }
    this.#left = Number(bytes);
    this.#part = this.#left === 0 ? "nothing" : "body";
  }

  #takeBody(bytes: Buffer): number | undefined {
    if (bytes.length === 0) return undefined;
    if (this.#part === "body to the end") return bytes.length;
    const taken = Math.min(this.#left, bytes.length);
    this.#left -= taken;
    if (this.#left === 0) this.#part = this.#part === "chunk" ? "chunk end" : "nothing";
    return taken;
  }

  #takeChunkLine(bytes: Buffer): number | undefined {
    const end = find(lineEnd, bytes, maxChunkLineBytes, "chunk line");
    if (end === undefined) return undefined;
    const line = bytes.toString("latin1", 0, end);
    const size = chunkLine.exec(line)?.[1];
    if (size === undefined) throw new Error(`expected a chunk size in hexadecimal, got ${quoted(line)}`);
    this.#left = Number.parseInt(size, 16);
    this.#part = this.#left === 0 ? "trailer" : "chunk";
    return end + lineEnd.length;
  }

  #takeChunkEnd(bytes: Buffer): number | undefined {
    if (bytes.length < lineEnd.length) return undefined;
    if (bytes.compare(lineEnd, 0, lineEnd.length, 0, lineEnd.length) !== 0) {
      throw new Error(
        `expected the end of a line behind a chunk, got ${quoted(bytes.toString("latin1", 0, 2))}`,
      );
    }
    this.#part = "chunk line";
    return lineEnd.length;
  }

  /** Fields that nobody asks for, up to an empty line (section 7.1.2). */
  #takeTrailer(bytes: Buffer): number | undefined {
    const end = find(lineEnd, bytes, maxHeadBytes, "trailer");
    if (end === undefined) return undefined;
    if (end === 0) this.#part = "nothing";
    else if (!fieldLine.test(bytes.toString("latin1", 0, end)))
      throw notAField(bytes.toString("latin1", 0, end));
    return end + lineEnd.length;
  }
}

/** Where `end` begins in `bytes`; undefined when more have to come. Throws when it is too far away. */
function find(end: Buffer, bytes: Buffer, most: number, part: Part): number | undefined {
  const at = bytes.indexOf(end);
  if (at !== -1 ? at <= most : bytes.length <= most) return at === -1 ? undefined : at;
  throw new Error(`expected the ${part} of an answer within ${most} bytes, got more`);
}

function framingOf(lines: readonly string[]): Framing {
  const framing: Framing = { length: "", coding: "", connection: "" };
  for (const line of lines) {
    const [, name, value] = fieldLine.exec(line) ?? [];
    if (name === undefined || value === undefined) throw notAField(line);
    const key = keys.get(name.toLowerCase());
    // RFC 9110, section 5.3: several fields of one name are one list.
    if (key !== undefined) framing[key] = framing[key] === "" ? value : `${framing[key]}, ${value}`;
  }
  return framing;
}

const keys = new Map<string, keyof Framing>([
  ["content-length", "length"],
  ["transfer-encoding", "coding"],
  ["connection", "connection"],
]);

function notAField(line: string): Error {
  return new Error(`expected a header field such as Name: value, got ${quoted(line)}`);
}

function listOf(value: string): string[] {
  return value.split(",").map((item) => item.trim().toLowerCase());
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
