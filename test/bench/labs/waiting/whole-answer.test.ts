import { expect, it } from "vitest";
import { wholeAnswer } from "../../../../bench/labs/waiting/whole-answer.ts";

const answer = "HTTP/1.1 200 OK\r\nDate: today\r\nContent-Length: 4\r\n\r\ndone";

it("takes an answer once it is all there", () => {
  for (let length = 0; length < answer.length; length++)
    expect(wholeAnswer(answer.slice(0, length))).toBeUndefined();
  expect(wholeAnswer(answer)).toEqual({ status: 200, body: "done" });
});

it("refuses what is more than one answer, or none", () => {
  expect(() => wholeAnswer(`${answer}HTTP/1.1`)).toThrow("expected one answer at a time");
  expect(() => wholeAnswer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")).toThrow("a length");
  expect(() => wholeAnswer("SSH-2.0\r\n\r\n")).toThrow("expected an answer with a status");
});
