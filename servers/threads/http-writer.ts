import { STATUS_CODES } from "node:http";
import { keepAliveMs } from "../http/http-server.ts";
import type { HttpAnswer } from "../service/http-answer.ts";
import { sseHeaders } from "../service/sse-headers.ts";

/** What of a request its answer depends on. */
export interface Asked {
  readonly method: string;
  readonly keepAlive: boolean;
  readonly takesChunks: boolean;
  /** Header fields of its answer, whatever that is. */
  readonly fields: Readonly<Record<string, string>>;
}

/*
 * Everything here is byte for byte, down to the order of the header fields, what node:http writes: servers of
 * one transport must differ in their I/O model alone.
 */

/** A complete answer. */
export function encodeAnswer(answer: HttpAnswer, asked: Asked, nowMs = Date.now()): Buffer {
  const own = { ...asked.fields, ...answer.headers };
  const length = { "Content-Length": String(answer.body.length), Date: httpDate(nowMs) };
  const connection = answer.headers.Connection === undefined ? connectionFields(asked.keepAlive) : {};
  const head = encodeHead(answer.status, { ...own, ...length, ...connection });
  // RFC 9110, section 9.3.2: all that a GET would give, save the body.
  return asked.method === "HEAD" ? head : Buffer.concat([head, answer.body]);
}

/** The head of an answer that goes on for as long as the subscription. */
export function encodeStreamHead(asked: Asked, nowMs = Date.now()): Buffer {
  // Without chunks the end of the connection is the end of the body (RFC 9112, section 6.3).
  const framing: Record<string, string> = asked.takesChunks ? { "Transfer-Encoding": "chunked" } : {};
  const connection = connectionFields(asked.keepAlive && asked.takesChunks);
  const own = { ...asked.fields, ...sseHeaders };
  return encodeHead(200, { ...own, Date: httpDate(nowMs), ...connection, ...framing });
}

/** One chunk. Source: RFC 9112, section 7.1. */
export function encodeChunk(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, lineEnd]);
}

/** What an answer depends on where no request has been understood. */
export const nothingAsked: Asked = { method: "GET", keepAlive: false, takesChunks: true, fields: {} };

const lineEnd = Buffer.from("\r\n");

/** The end of a body in chunks. */
export const lastChunk = Buffer.from("0\r\n\r\n");

export const continueAnswer = Buffer.from("HTTP/1.1 100 Continue\r\n\r\n");

/** The answer to what is no request, and the last on its connection. */
export function encodeRefusal(status: number): Buffer {
  return encodeHead(status, { Connection: "close" });
}

function connectionFields(keepAlive: boolean): Record<string, string> {
  return keepAlive
    ? { Connection: "keep-alive", "Keep-Alive": `timeout=${keepAliveMs / 1_000}` }
    : { Connection: "close" };
}

function encodeHead(status: number, fields: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n`, "latin1");
}

function httpDate(ms: number): string {
  return new Date(ms).toUTCString();
}
