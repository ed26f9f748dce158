/** The client's side of the opening handshake of RFC 6455, section 4.1. */
import { createHash, randomBytes } from "node:crypto";

/** Section 1.3: what the server appends to the key before it hashes. */
const keySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Longest answer to a handshake that is waited for. */
const maxAnswerBytes = 16 * 1024;

const endOfHead = Buffer.from("\r\n\r\n");

/** A key for one handshake: 16 random bytes. */
export function newKey(): string {
  return randomBytes(16).toString("base64");
}

/** The `Sec-WebSocket-Accept` that answers `key`. */
export function acceptOf(key: string): string {
  return createHash("sha1")
    .update(key + keySuffix)
    .digest("base64");
}

/** The request that opens a WebSocket on `path` of `host`. */
export function upgradeRequest(host: string, path: string, key: string): string {
  return (
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
    `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`
  );
}

/**
 * Reads the answer in `bytes` up to `length`: the number of bytes of its head, or 0 when it is not whole yet.
 * Throws unless it opens the WebSocket and answers `key`.
 */
export function readUpgrade(bytes: Buffer, length: number, key: string): number {
  const end = bytes.subarray(0, length).indexOf(endOfHead);
  if (end === -1) {
    if (length <= maxAnswerBytes) return 0;
    throw new Error(
      `expected the head of an HTTP answer within ${maxAnswerBytes} bytes, got ${length} without`,
    );
  }
  const [statusLine = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  if (!/^HTTP\/1\.1 101\b/.test(statusLine)) {
    throw new Error(`expected HTTP/1.1 101 for the WebSocket, got ${statusLine.slice(0, 80)}`);
  }
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  require(headers, "upgrade", (value) => value.toLowerCase() === "websocket", "websocket");
  require(headers, "connection", (value) => /(^|,)\s*upgrade\s*(,|$)/i.test(value), "Upgrade");
  const accept = acceptOf(key);
  require(headers, "sec-websocket-accept", (value) => value === accept, accept);
  for (const name of ["sec-websocket-extensions", "sec-websocket-protocol"]) {
    require(headers, name, (value) => value === "", "none, as none was offered");
  }
  return end + endOfHead.length;
}

function require(
  headers: ReadonlyMap<string, string>,
  name: string,
  holds: (value: string) => boolean,
  expected: string,
): void {
  const value = headers.get(name) ?? "";
  if (!holds(value)) throw new Error(`expected ${name} of the handshake to be ${expected}, got "${value}"`);
}
