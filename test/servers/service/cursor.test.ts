import { describe, expect, it } from "vitest";
import { parseAfter, parseCursorMessage, parseWaitSeconds } from "../../../servers/service/cursor.ts";
import { BadRequest } from "../../../servers/service/http-answer.ts";

const wrong = [
  "x",
  "-1",
  "+1",
  "1.5",
  "1e3",
  "0x10",
  " 1",
  "1 ",
  "NaN",
  "Infinity",
  "9007199254740992",
  "1".repeat(17),
];
const query = (text: string) => new URLSearchParams(text);

describe("parseAfter", () => {
  it.each([
    ["after=0", undefined, 0],
    ["after=41", undefined, 41],
    ["after=0041", undefined, 41],
    ["after=9007199254740991", undefined, Number.MAX_SAFE_INTEGER],
    ["", undefined, undefined],
    ["after=", undefined, undefined],
    ["before=3", undefined, undefined],
    ["", "17", 17],
    ["", "", undefined],
    ["after=5", "", 5],
    ["after=5", "17", 17],
  ])("reads ?%s with Last-Event-ID %s as %s", (address, lastEventId, after) => {
    expect(parseAfter(query(address), lastEventId)).toBe(after);
  });

  it.each(wrong)("refuses %j", (text) => {
    expect(() => parseAfter(query(""), text)).toThrow(BadRequest);
    expect(() => parseAfter(new URLSearchParams({ after: text }))).toThrow(
      `expected "after" to be a whole number from 0 to 9007199254740991, got ${text}`,
    );
  });
});

describe("parseWaitSeconds", () => {
  it.each([
    ["", 0],
    ["wait=0", 0],
    ["wait=60", 60],
  ])("reads ?%s as %i", (address, seconds) => expect(parseWaitSeconds(query(address))).toBe(seconds));

  it.each(["61", "-1", "0.5", "", "x"])("refuses wait=%s", (text) => {
    expect(() => parseWaitSeconds(query(`wait=${text}`))).toThrow(
      'expected "wait" to be a whole number from 0 to 60',
    );
  });
});

describe("parseCursorMessage", () => {
  it.each([
    ['{"after":0}', 0],
    ['{"after":12}', 12],
    ["{}", undefined],
    ['{"other":1}', undefined],
  ])("reads %s as %s", (text, after) => expect(parseCursorMessage(text)).toBe(after));

  it.each([
    "",
    "x",
    "{",
    "5",
    "null",
    "[]",
    '"after"',
    '{"after":-1}',
    '{"after":"5"}',
    '{"after":null}',
    '{"after":[]}',
  ])("refuses %s", (text) => expect(() => parseCursorMessage(text)).toThrow(BadRequest));
});
