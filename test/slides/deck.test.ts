import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { claims } from "../../bench/claims/index.ts";
import { projectFolder } from "../../cli/project.ts";
import { readSections } from "../../slides/build/sections.ts";
import { slugOf } from "../../slides/build/slide-html.ts";
import { facts, sources } from "../../slides/facts.ts";
import { allowedNumbers, strayNumbers } from "../../slides/numbers.ts";

const sections = await readSections();
const slides = sections.flatMap((section) => section.slides);
const texts = sections.map(({ text }) => text).join("\n");

describe("the deck", () => {
  it.each(sections)("has no number in $file that was typed by hand", ({ text }) => {
    expect(strayNumbers(text)).toEqual([]);
  });

  it.each(claims)("shows the claim $name once, with what was said, measured and found", ({ name }) => {
    expect(texts.split(`{{ claim ${name} }}`)).toHaveLength(2);
  });

  it.each(slides)("has notes to say on $place", ({ notes, minutes }) => {
    expect(notes.split(/\s+/).length).toBeGreaterThan(15);
    expect(minutes).toBeGreaterThanOrEqual(0.5);
    expect(minutes).toBeLessThanOrEqual(2);
  });

  it("takes 45 minutes", () => {
    const minutes = slides.reduce((sum, slide) => sum + slide.minutes, 0);
    expect(minutes).toBeGreaterThanOrEqual(43);
    expect(minutes).toBeLessThanOrEqual(47);
  });

  it("has the time of each section in its README", () => {
    const readme = readFileSync(new URL("slides/README.md", projectFolder), "utf8");
    const sum = (list: readonly { readonly minutes: number }[]) =>
      list.reduce((all, { minutes }) => all + minutes, 0);
    for (const { title, slides } of sections)
      expect(readme).toContain(`| ${title} | ${slides.length} | ${sum(slides)} |`);
    expect(readme).toContain(`| **all** | **${slides.length}** | **${sum(slides)}** |`);
  });

  it("has an address of its own for each slide", () => {
    const addresses = slides.map(slugOf);
    expect(addresses).not.toContain("");
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it("uses every fact", () => {
    for (const name of Object.keys(facts)) expect(texts).toContain(`{{ fact ${name} }}`);
    const cited = new Set(Object.values(facts).map(({ source }) => source));
    for (const source of cited) expect(Object.keys(sources)).toContain(source);
  });
});

describe("numbers", () => {
  it.each([
    ["it took 871 bytes", "871"],
    ["some 3.5 ms", "3.5"],
    ["ten times as many", "ten times"],
    ["Half of the polls", "Half"],
    ["two thousand", "thousand"],
    ["fourfold is fine, twice is not", "twice"],
    ["`code` and 7", "7"],
  ])("finds the one in “%s”", (text, found) => {
    expect(strayNumbers(text).map((stray) => stray.text)).toEqual([found]);
  });

  it.each([
    "in 2011, on slides 41 to 48 and slide 3",
    "RFC 6455, HTTP/2 and HTTP/1.1, JDK 21 (JEP 444)",
    "`npm run serve -- --port 8080`",
    "```js\nconst port = 8080;\n```",
    "Note: (1.5 min) half duplex",
    "{{ figure waiting event-loop perSecond queryMs=80 }}",
    "1. first\n2. second",
  ])("lets “%s” be", (text) => {
    expect(strayNumbers(text)).toEqual([]);
  });

  it("says in which line", () => {
    expect(strayNumbers("{{ fact\nx }}\n\nseven\n8")).toEqual([{ text: "8", line: 5 }]);
  });

  it.each(allowedNumbers)("has a reason for $kind", ({ because }) => {
    expect(because).not.toBe("");
  });
});
