import { expect, it } from "vitest";
import { readCgiResponse, writeCgiResponse } from "../../../servers/cgi/response.ts";
import { jsonAnswer } from "../../../servers/service/http-answer.ts";

it("carries an answer through a program's standard output", () => {
  const answer = jsonAnswer(202, { id: 1, text: "a\n\nb é" }, { "Retry-After": "1" });
  expect(readCgiResponse(writeCgiResponse(answer))).toEqual(answer);
});

it("takes 200 where the program says no status (RFC 3875, section 6.3.3)", () => {
  expect(readCgiResponse(Buffer.from("Content-Type: text/plain\n\nhello"))).toEqual({
    status: 200,
    headers: { "Content-Type": "text/plain" },
    body: Buffer.from("hello"),
  });
});

it.each(["", "no headers", "Content-Type\n\nbody", ": x\n\n"])("refuses %j", (output) => {
  expect(() => readCgiResponse(Buffer.from(output))).toThrow(/^expected a CGI/);
});
