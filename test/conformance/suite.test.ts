import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { suite } from "../../conformance/suite.ts";
import { loadServer, serverNames } from "../../servers/index.ts";

const checkNames = suite.map(({ name }) => name);

describe("the conformance suite", () => {
  it("has a file of tests for each server of the list, and no other", () => {
    const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".test.ts"));
    const expected = [...serverNames.map((name) => `${name}.test.ts`), "suite.test.ts"];
    expect(files.sort()).toEqual(expected.sort());
  });

  it("gives each check a name of its own, as a short lower-case sentence", () => {
    expect(new Set(checkNames).size).toBe(checkNames.length);
    for (const name of checkNames) expect(name).toMatch(/^[a-z][^.?]{5,70}$/);
    for (const { question } of suite) expect(question).toMatch(/^[A-Z].*\?$/);
  });

  it.each(serverNames)("has every check that %s is exempt from, and a reason for it", async (name) => {
    for (const { check, reason } of (await loadServer(name)).exempt) {
      expect(checkNames).toContain(check);
      expect(reason).not.toBe("");
    }
  });
});
