import { describe, expect, it } from "vitest";
import { Refusal } from "../../../servers/threads/http-head.ts";
import { HttpReader, type ReadRequest } from "../../../servers/threads/http-reader.ts";

/** What the reader makes of bytes that come in these pieces and then end. */
function read(...pieces: string[]) {
  const requests: ReadRequest[] = [];
  let continues = 0;
  let refusal: Refusal | undefined;
  const reader = new HttpReader({
    read: () => Buffer.from(pieces.shift() ?? "", "latin1"),
    sendContinue: () => {
      continues++;
    },
  });
  try {
    for (let next = reader.next(); next; next = reader.next()) requests.push(next);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refusal = error;
  }
  const parts = requests.map(({ method, target, headers, body, keepAlive }) => ({
    method,
    target,
    headers: { ...headers },
    body: Buffer.from(body).toString("latin1"),
    keepAlive,
  }));
  return { requests: parts, continues, refusal };
}

const get = "GET /a?b=c HTTP/1.1\r\nHost: h\r\n\r\n";
const post = "POST /hooks/a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n{\r\n}";
const chunked =
  "POST /hooks/b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" +
  '3;name="x"\r\n{"a\r\nA\r\n":[1,2,3]}\r\n0\r\nTrailer: t\r\n\r\n';

describe("HttpReader", () => {
  it("reads requests that follow each other on one connection", () => {
    const { requests, refusal } = read(get + post + chunked);
    expect(refusal).toBeUndefined();
    expect(requests).toEqual([
      { method: "GET", target: "/a?b=c", headers: { host: "h" }, body: "", keepAlive: true },
      {
        method: "POST",
        target: "/hooks/a",
        headers: { host: "h", "content-length": "4" },
        body: "{\r\n}",
        keepAlive: true,
      },
      {
        method: "POST",
        target: "/hooks/b",
        headers: { host: "h", "transfer-encoding": "chunked" },
        body: '{"a":[1,2,3]}',
        keepAlive: true,
      },
    ]);
  });

  it("reads the same wherever the bytes are split", () => {
    const bytes = get + chunked + post;
    const whole = read(bytes);
    for (let at = 1; at < bytes.length; at++) {
      expect(read(bytes.slice(0, at), bytes.slice(at))).toEqual(whole);
    }
    expect(read(...bytes)).toEqual(whole);
  });

  it("ignores empty lines before a request, and the end of the connection after one", () => {
    expect(read(`\r\n\r\n${get}\r\n`).requests).toHaveLength(1);
    expect(read("").requests).toEqual([]);
  });

  it("tells from version and Connection whether the connection goes on", () => {
    const keepAlive = (text: string) => read(text).requests.map((request) => request.keepAlive);
    expect(keepAlive("GET / HTTP/1.1\r\nHost: h\r\nConnection: x, Close\r\n\r\n")).toEqual([false]);
    expect(keepAlive("GET / HTTP/1.0\r\n\r\n")).toEqual([false]);
    expect(keepAlive("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")).toEqual([true]);
  });

  it("tells a sender that asks to go on", () => {
    const head = "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n";
    expect(read(head, "x")).toMatchObject({ continues: 1, requests: [{ body: "x" }] });
    const old = head.replace("1.1", "1.0");
    expect(read(old, "x")).toMatchObject({ continues: 0, requests: [{ body: "x" }] });
  });

  it("joins fields of one name as lists, and keeps the first Content-Type", () => {
    const fields = "X: 1\r\nContent-Type: a/b\r\nx: 2\r\ncontent-type: c/d\r\n__proto__: p\r\n";
    const [request] = read(`GET / HTTP/1.1\r\nHost: h\r\n${fields}\r\n`).requests;
    expect(request?.headers).toMatchObject({ x: "1, 2", "content-type": "a/b" });
    expect(Object.keys(request?.headers ?? {})).toEqual(["host", "x", "content-type", "__proto__"]);
  });

  const withFields = (...fields: string[]) =>
    `POST / HTTP/1.1\r\nHost: h\r\n${fields.map((field) => `${field}\r\n`).join("")}\r\n`;

  it.each([
    ["no request line", "hello\r\n\r\n", 400],
    ["two spaces in it", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", 400],
    ["another version", "GET / HTTP/2.0\r\nHost: h\r\n\r\n", 400],
    ["LF alone", "GET / HTTP/1.1\nHost: h\n\n", 400],
    ["no Host", "GET / HTTP/1.1\r\n\r\n", 400],
    ["two Hosts", withFields("Host: i"), 400],
    ["a space before the colon", withFields("A : b"), 400],
    ["a folded field", withFields("A: b", " c"), 400],
    ["a field without a colon", withFields("A"), 400],
    ["a control character in a value", withFields("A: b\x00c"), 400],
    ["a CR in a value", withFields("A: b\rc"), 400],
    ["length and coding", withFields("Content-Length: 1", "Transfer-Encoding: chunked"), 400],
    ["two lengths", withFields("Content-Length: 1", "Content-Length: 2"), 400],
    ["a length that is no number", withFields("Content-Length: +1"), 400],
    ["chunks in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400],
    ["a coding after chunked", withFields("Transfer-Encoding: chunked, gzip"), 400],
    ["a coding before chunked", withFields("Transfer-Encoding: gzip, chunked"), 501],
    ["another expectation", withFields("Expect: more"), 417],
    ["a chunk size that is none", `${withFields("Transfer-Encoding: chunked")}x\r\n`, 400],
    ["a chunk longer than its size", `${withFields("Transfer-Encoding: chunked")}1\r\nab\r\n`, 400],
    ["a chunk line without end", `${withFields("Transfer-Encoding: chunked")}1;${"x".repeat(300)}`, 400],
    ["endless trailers", `${withFields("Transfer-Encoding: chunked")}0\r\n${"A: b\r\n".repeat(3_000)}`, 431],
    ["a long request line", `GET /${"a".repeat(17_000)} HTTP/1.1\r\n`, 431],
    ["a long field", withFields(`A: ${"a".repeat(17_000)}`), 431],
    ["many fields", withFields(...Array.from({ length: 2_000 }, () => "A: bcde")), 431],
    ["a head that never ends", "a".repeat(20_000), 431],
    ["a large body", withFields("Content-Length: 65537"), 413],
    ["large chunks", `${withFields("Transfer-Encoding: chunked")}10001\r\n`, 413],
    ["half a head", "GET / HTTP/1.1\r\nHo", 400],
    ["half a body", `${withFields("Content-Length: 2")}x`, 400],
  ])("refuses %s", (_what, text, status) => {
    const { requests, refusal } = read(text);
    expect(requests).toEqual([]);
    expect(refusal).toMatchObject({ status });
    expect(refusal?.message).toMatch(/^expected /);
  });

  it("takes a head and a body of exactly the largest size", () => {
    const body = "x".repeat(65_536);
    expect(read(`${withFields("Content-Length: 65536")}${body}`).requests[0]?.body).toBe(body);
    const start = "GET / HTTP/1.1\r\nHost: h\r\nA: ";
    const filler = "a".repeat(16 * 1024 - start.length - 4);
    expect(read(`${start}${filler}\r\n\r\n`).requests).toHaveLength(1);
    expect(read(`${start}${filler}a\r\n\r\n`).refusal).toMatchObject({ status: 431 });
  });
});
