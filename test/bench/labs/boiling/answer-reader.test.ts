import { describe, expect, it } from "vitest";
import { AnswerReader } from "../../../../bench/labs/boiling/answer-reader.ts";

const answer = (body: string) =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

describe("answers on a kept-alive connection", () => {
  it("are found one by one, and several in one piece", () => {
    const reader = new AnswerReader();
    expect(reader.push(Buffer.from(answer("one")))).toEqual(["one"]);
    expect(reader.push(Buffer.from(answer("two") + answer("") + answer("drei…")))).toEqual([
      "two",
      "",
      "drei…",
    ]);
  });

  it("are found wherever they are cut", () => {
    const bytes = Buffer.from(answer("one") + answer("…two"));
    for (let cut = 0; cut <= bytes.length; cut++) {
      const reader = new AnswerReader();
      const bodies = [...reader.push(bytes.subarray(0, cut)), ...reader.push(bytes.subarray(cut))];
      expect(bodies).toEqual(["one", "…two"]);
    }
  });

  it.each([
    [
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
      "expected status 200, got HTTP/1.1 503",
    ],
    ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "expected an answer with a Content-Length"],
    ["x".repeat(17_000), "expected the head of an answer within 16384 bytes"],
  ])("are refused when they are of another kind: %s", (bytes, message) => {
    expect(() => new AnswerReader().push(Buffer.from(bytes))).toThrow(message);
  });
});
