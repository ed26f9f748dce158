import { expect, it } from "vitest";
import { parseCount, parsePort, parseWhole } from "../../cli/whole-numbers.ts";

it("takes whole numbers", () => {
  expect(parseCount("12")).toBe(12);
  expect(parseWhole("0")).toBe(0);
});

it.each(["", " ", "-1", "1.5", "x", "1e99"])("refuses %j, and says what it takes", (text) => {
  expect(() => parseCount(text)).toThrow("a whole number from 1 up");
  expect(() => parseWhole(text)).toThrow("a whole number from 0 up");
});

it("counts nothing as 0", () => {
  expect(() => parseCount("0")).toThrow("from 1 up");
});

it("takes as a port what can be one", () => {
  expect(["0", "65535"].map(parsePort)).toEqual([0, 65_535]);
  for (const text of ["65536", "-1", "", "80.5", "0x50"])
    expect(() => parsePort(text)).toThrow("from 0 to 65535");
});
