import { describe, expect, it } from "vitest";
import { HttpAnswer } from "../../../../bench/load/lean/http-answer.ts";

/** Reads one answer from `pieces`, as a connection offers them: what was not taken comes again. */
function read(...pieces: Buffer[]) {
  const answer = new HttpAnswer();
  answer.begin();
  let rest = Buffer.alloc(0);
  for (const piece of pieces) {
    const bytes = Buffer.concat([rest, piece]);
    rest = bytes.subarray(answer.take(bytes, bytes.length));
  }
  const { isWhole, status, keepAlive } = answer;
  return { answer, isWhole, status, keepAlive, rest: rest.toString() };
}

const lines = (...text: string[]) => Buffer.from(text.join("\r\n"));

/** Whole answers, what they say, and what follows them. */
const whole: [what: string, bytes: Buffer, status: number, keepAlive: boolean, rest?: string][] = [
  ["a length", lines("HTTP/1.1 202 Accepted", "Content-Length: 8", "", '{"id":1}'), 202, true],
  ["a length of nothing", lines("HTTP/1.1 200 OK", "content-length:0", "", ""), 200, true],
  [
    "the same length twice",
    lines("HTTP/1.1 200 OK", "Content-Length: 2", "Content-Length: 2", "", "ok"),
    200,
    true,
  ],
  ["no content", lines("HTTP/1.1 204 No Content", "", ""), 204, true],
  ["no reason", lines("HTTP/1.1 503", "Content-Length: 0", "", ""), 503, true],
  [
    "its connection's end",
    lines("HTTP/1.1 503 No", "Connection: x, Close", "Content-Length: 2", "", "no"),
    503,
    false,
  ],
  ["HTTP/1.0", lines("HTTP/1.0 200 OK", "Content-Length: 2", "", "ok"), 200, false],
  [
    "HTTP/1.0 that is kept alive",
    lines("HTTP/1.0 200 OK", "Connection: keep-alive", "Content-Length: 2", "", "ok"),
    200,
    true,
  ],
  ["a folded line", lines("HTTP/1.1 200 OK", "X: a", " b: c", "Content-Length: 1", "", "!"), 200, true],
  [
    "an empty body in chunks",
    lines("HTTP/1.1 202 Accepted", "Transfer-Encoding: chunked", "", "0", "", ""),
    202,
    true,
  ],
  [
    "chunks with an extension, and a trailer",
    lines(
      ...["HTTP/1.1 202 Accepted", "Transfer-Encoding: gzip, Chunked", ""],
      ...["3;a=b", "abc", "0A", "0123\r\n6789", "0", "Checksum: 1", "", ""],
    ),
    202,
    true,
  ],
  [
    "two interim answers before it",
    lines(
      ...["HTTP/1.1 100 Continue", "", "HTTP/1.1 103 Early Hints", "Link: </>", ""],
      ...["HTTP/1.1 202 Accepted", "Content-Length: 0", "", ""],
    ),
    202,
    true,
  ],
  ["bytes behind it", lines("HTTP/1.1 200 OK", "Content-Length: 2", "", "ok?!"), 200, true, "?!"],
];

describe.each(whole)("an answer with %s", (_what, bytes, status, keepAlive, rest = "") => {
  it("is the same wherever it is split", () => {
    for (let at = 0; at <= bytes.length; at++) {
      const came = read(bytes.subarray(0, at), bytes.subarray(at));
      expect(came, `split at ${at}`).toMatchObject({ isWhole: true, status, keepAlive, rest });
    }
  });

  it("is the same byte by byte", () => {
    const pieces = [...bytes].map((byte) => Buffer.from([byte]));
    expect(read(...pieces)).toMatchObject({ isWhole: true, status, keepAlive, rest });
  });

  it("is whole with its last byte and no sooner", () => {
    const length = bytes.length - rest.length;
    for (let at = 0; at < length; at++)
      expect(read(bytes.subarray(0, at)).isWhole, `of ${at} bytes`).toBe(false);
  });
});

it("reads several answers, one after the other", () => {
  const first = lines("HTTP/1.1 202 Accepted", "Content-Length: 2", "", "ok");
  const second = lines("HTTP/1.1 503 No", "Content-Length: 0", "", "");
  const { answer } = read(first);
  answer.begin();
  expect(answer.isWhole).toBe(false);
  expect(answer.take(second, second.length)).toBe(second.length);
  expect(answer.status).toBe(503);
});

it("takes no byte behind the length of what was read", () => {
  const answer = new HttpAnswer();
  answer.begin();
  const bytes = lines("HTTP/1.1 202 Accepted", "Content-Length: 2", "", "ok");
  expect(answer.take(bytes, bytes.length - 1)).toBe(bytes.length - 1);
  expect(answer.isWhole).toBe(false);
});

it("ends an answer of no stated length with its connection, which is not kept", () => {
  const bytes = lines("HTTP/1.1 200 OK", "", "some");
  for (let at = 0; at <= bytes.length; at++) {
    const { answer, isWhole } = read(bytes.subarray(0, at), bytes.subarray(at));
    expect(isWhole).toBe(false);
    answer.end();
    expect(answer).toMatchObject({ isWhole: true, status: 200, keepAlive: false });
  }
});

it("is not ended by its connection before it is whole", () => {
  const cut = (text: string) => () => read(Buffer.from(text)).answer.end();
  expect(cut("")).toThrow("expected the head of an answer, got the end of the connection");
  expect(cut("HTTP/1.1 202 Acc")).toThrow("expected the head of");
  expect(cut("HTTP/1.1 202 Accepted\r\nContent-Length: 3\r\n\r\nab")).toThrow("expected the body of");
  expect(cut("HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab")).toThrow(
    "expected the chunk of",
  );
});

it.each([
  ["\r\n\r\n", "expected a status line such as HTTP/1.1 202 Accepted, got"],
  ["HTTP/2 202 Accepted\r\n\r\n", 'got "HTTP/2 202 Accepted"'],
  ["HTTP/1.1 2020 Accepted\r\n\r\n", "expected a status line"],
  ["SSH-2.0-OpenSSH\r\n\r\n", "expected a status line"],
  ["HTTP/1.1 101 Switching Protocols\r\n\r\n", "got 101 Switching Protocols, unasked"],
  [
    "HTTP/1.1 200 OK\r\nName : value\r\n\r\n",
    'expected a header field such as Name: value, got "Name : value"',
  ],
  ["HTTP/1.1 200 OK\r\nName: \0\r\n\r\n", "expected a header field"],
  ["HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 'a whole number, got "1, 2"'],
  ["HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", 'a whole number, got "-1"'],
  ["HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "beside a Content-Length"],
  ["HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "beside HTTP/1.0"],
  ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 'a chunk size in hexadecimal, got "xyz"'],
  [
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc",
    "expected the end of a line behind a chunk",
  ],
  ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nno field\r\n", "expected a header field"],
  [`HTTP/1.1 200 OK\r\nName: ${"a".repeat(20_000)}`, "expected the head of an answer within 16384 bytes"],
  [
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;${"a".repeat(300)}`,
    "the chunk line of an answer within 256",
  ],
])("refuses %j", (text, message) => {
  expect(() => read(Buffer.from(text))).toThrow(message);
  expect(() => read(...[...Buffer.from(text)].map((byte) => Buffer.from([byte])))).toThrow(message);
});
