import { headBytes, parseHead } from "./http-head.ts";

/** What the proxy takes the bytes of a client for. */
export type Read =
  | { readonly kind: "noise"; readonly bytes: Buffer }
  | {
      readonly kind: "request";
      readonly bytes: Buffer;
      readonly method: string;
      /** Host and path: what a response is kept under. */
      readonly resource: string;
    };

const methods = ["GET ", "CONNECT "].map((method) => Buffer.from(method));
const requestLine = /^(GET|CONNECT) (\S+) HTTP\/1\.1$/;
const lineFeed = 0x0a;

/**
 * Finds the requests in what a client sends: the naive reading of HTTP/1.1 that the flaw rests on. A line that begins
 * no request is noise and is passed over, as empty lines before a request are by the letter (RFC 9112, section 2.2).
 *
 * What may become a request is held back until it is whole. After noise that takes a whole method: one or two of its
 * letters are in random bytes too often, and their sender may wait for the answer to them.
 */
export class RequestReader {
  #held: Buffer = Buffer.alloc(0);
  #inNoise = false;
  #afterNoise = false;

  read(chunk: Buffer): Read[] {
    const bytes = Buffer.concat([this.#held, chunk]);
    const found: Read[] = [];
    let at = 0;
    while (at < bytes.length) {
      const rest = bytes.subarray(at);
      if (!this.#inNoise && mayBegin(rest, this.#afterNoise)) {
        const length = headBytes(rest);
        if (length === undefined) break;
        const request = readRequest(rest.subarray(0, length));
        if (request !== undefined) {
          found.push(request);
          this.#afterNoise = false;
          at += length;
          continue;
        }
      }
      const end = rest.indexOf(lineFeed);
      this.#inNoise = end === -1;
      this.#afterNoise = true;
      const noise = end === -1 ? rest : rest.subarray(0, end + 1);
      found.push({ kind: "noise", bytes: noise });
      at += noise.length;
    }
    this.#held = bytes.subarray(at);
    return found;
  }
}

/** Whether `bytes` begin with a method or, unless it has to be whole, are the beginning of one. */
function mayBegin(bytes: Buffer, isWhole: boolean): boolean {
  return methods.some((method) => {
    const length = isWhole ? method.length : Math.min(method.length, bytes.length);
    return bytes.subarray(0, length).equals(method.subarray(0, length));
  });
}

function readRequest(bytes: Buffer): Read | undefined {
  const { startLine, header } = parseHead(bytes);
  const [, method, target] = requestLine.exec(startLine) ?? [];
  if (method === undefined) return undefined;
  return { kind: "request", bytes, method, resource: `${header("host").toLowerCase()}${target}` };
}
