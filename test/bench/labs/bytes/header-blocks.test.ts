import { expect, it } from "vitest";
import {
  bare,
  type HeaderBlocks,
  of2009,
  ofToday,
  ofTodayClosing,
} from "../../../../bench/labs/bytes/header-blocks.ts";
import { quoteBytes } from "../../../../bench/labs/bytes/quote.ts";

const sizes = ({ request, response }: HeaderBlocks) => [request.length, response.length];
const withoutLineEnds = (block: string) => block.replaceAll("\r\n", "").length;

it("has the message of the article's size", () => {
  expect(quoteBytes).toBe(21);
});

it("has the article's header blocks: 871 characters without line ends, 909 bytes with them", () => {
  expect(sizes(of2009)).toEqual([716, 193]);
  expect(withoutLineEnds(of2009.request) + withoutLineEnds(of2009.response)).toBe(871);
});

it("has less of them today, and next to none where nobody wants them", () => {
  expect(sizes(ofToday)).toEqual([511, 190]);
  expect(sizes(bare)).toEqual([69, 190]);
});

it.each([of2009, ofToday, ofTodayClosing, bare])("is HTTP/1.1 of one line each, %#", (blocks) => {
  const [requestLine, ...fields] = blocks.request.slice(0, -4).split("\r\n");
  expect(requestLine).toMatch(/^GET \/\S* HTTP\/1\.1$/);
  expect(blocks.response).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(blocks.response).toContain(`Content-Length: ${quoteBytes}\r\n`);
  for (const field of fields) expect(field).toMatch(/^[\w-]+: \S.*\S$|^[\w-]+: \S$/);
  for (const block of [blocks.request, blocks.response])
    expect(block.indexOf("\r\n\r\n")).toBe(block.length - 4);
});
