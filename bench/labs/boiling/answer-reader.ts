/** Longest head of an answer: far more than our servers send. */
const maxHeadBytes = 16 * 1024;

const endOfHead = Buffer.from("\r\n\r\n");

/** Finds the answers in what comes over a kept-alive HTTP connection: each of status 200, and of a stated length. */
export class AnswerReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The bodies that are whole with `chunk`, in their order. Throws when an answer is not of this kind. */
  push(chunk: Buffer): string[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const bodies: string[] = [];
    for (let body = this.#next(); body !== undefined; body = this.#next()) bodies.push(body);
    return bodies;
  }

  #next(): string | undefined {
    const headEnd = this.#rest.indexOf(endOfHead);
    if (headEnd === -1) {
      if (this.#rest.length <= maxHeadBytes) return undefined;
      throw new Error(`expected the head of an answer within ${maxHeadBytes} bytes, got more`);
    }
    const head = this.#rest.toString("latin1", 0, headEnd);
    if (!head.startsWith("HTTP/1.1 200 "))
      throw new Error(`expected status 200, got ${head.split("\r\n", 1)[0]?.slice(0, 80)}`);
    const length = /^content-length: *(\d+)$/im.exec(head)?.[1];
    if (length === undefined) throw new Error("expected an answer with a Content-Length, got one without");
    const start = headEnd + endOfHead.length;
    const end = start + Number(length);
    if (this.#rest.length < end) return undefined;
    const body = this.#rest.toString("utf8", start, end);
    this.#rest = this.#rest.subarray(end);
    return body;
  }
}
