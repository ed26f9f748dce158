import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rungs } from "../../../bench/labs/ladder/rungs.ts";
import { projectFolder } from "../../../cli/project.ts";
import { knownIn } from "../../../slides/latency/at-year.ts";
import { cycle, places, sources } from "../../../slides/latency/years.ts";

const stretches = [cycle, ...places.flatMap((place) => place.stretches)];
const points = stretches.flatMap((stretch) => stretch.points);

/** What is known of a place in a year, in nanoseconds. */
function nsIn(year: number, title: string): number | undefined {
  const known = knownIn(year, places.find((place) => place.title === title)?.stretches ?? []);
  return known.kind === "nothing" ? undefined : known.kind === "between" ? known.ns : known.point.ns;
}

describe("the published figures", () => {
  it("each have a year, a time and a source that is there", () => {
    for (const { year, ns, source, range } of points) {
      expect(Number.isInteger(year) && year >= 1970 && year <= 2026, String(year)).toBe(true);
      expect(ns).toBeGreaterThan(0);
      expect(sources[source].work).toMatch(/\d{4}/);
      if (range === undefined) continue;
      expect(range.low).toBeLessThan(ns);
      expect(range.high).toBeGreaterThan(ns);
    }
  });

  it("have their sources in the README", () => {
    const readme = readFileSync(new URL("slides/latency/README.md", projectFolder), "utf8");
    for (const { short, work } of Object.values(sources)) expect(readme).toContain(`| ${short} | ${work} |`);
  });

  it("cite every source that is listed", () => {
    expect(new Set(points.map(({ source }) => source))).toEqual(new Set(Object.keys(sources)));
  });

  it("come in the order of their years, one thing after the other", () => {
    for (const { of, points } of stretches) {
      const years = points.map(({ year }) => year);
      expect(years, of).toEqual([...new Set(years)].toSorted((one, other) => one - other));
    }
    for (const { title, stretches } of places) {
      const years = stretches.flatMap(({ points }) => points.map(({ year }) => year));
      expect(years, title).toEqual([...new Set(years)].toSorted((one, other) => one - other));
    }
  });

  it("only ever fall, of what only gets better", () => {
    const falling = [
      "the memory chip alone",
      "a chip of static memory",
      "the best disk of its day",
      "the newest Ethernet",
    ];
    for (const { of, points } of stretches.filter(({ of }) => falling.includes(of))) {
      const times = points.map(({ ns }) => ns);
      expect(times, of).toEqual(times.toSorted((one, other) => other - one));
    }
    expect(stretches.filter(({ of }) => falling.includes(of))).toHaveLength(falling.length);
  });

  it("lie in the order of the places, in every year that has them", () => {
    const order = ["L1 cache", "L2 cache", "L3 cache", "memory", "solid-state disk", "disk that turns"];
    for (let year = 1990; year <= 2026; year++) {
      for (const titles of [order, ["local network", "in a datacentre", "across an ocean"]]) {
        const times = titles.map((title) => nsIn(year, title)).filter((ns) => ns !== undefined);
        expect(times, String(year)).toEqual(times.toSorted((one, other) => one - other));
      }
    }
  });

  it("have a place for every rung that the lab measures", () => {
    expect(places.flatMap(({ rung }) => rung ?? [])).toEqual(rungs.map(({ name }) => name));
  });

  it("of the talk's source are those of the talk", () => {
    for (const { title, talk } of places) {
      const cycles = rungs.find(({ name }) => name === talk)?.talkCycles;
      const published = knownIn(2008, places.find((place) => place.title === title)?.stretches ?? []);
      if (cycles === undefined || published.kind !== "published") continue;
      expect(published.point.ns * 3, title).toBeCloseTo(cycles);
    }
  });
});

describe("a year between", () => {
  const [first, second] = [
    { year: 1990, ns: 16, source: "bryant" },
    { year: 1994, ns: 4, source: "bryant" },
  ] as const;
  const later = { year: 2000, ns: 40, source: "gregg" } as const;
  const place = [
    { of: "one thing", points: [first, second] },
    { of: "another", points: [later] },
  ];

  it("lies on a straight line of a log scale", () => {
    expect(knownIn(1992, place)).toEqual({
      kind: "between",
      of: "one thing",
      ns: 8,
      before: first,
      after: second,
    });
  });

  it("is the published one where there is one", () => {
    expect(knownIn(1994, place)).toEqual({ kind: "published", of: "one thing", point: second });
    expect(knownIn(2000, place)).toEqual({ kind: "published", of: "another", point: later });
  });

  it("is nothing between two things, before the first and after the last", () => {
    expect(knownIn(1989, place)).toEqual({ kind: "nothing" });
    expect(knownIn(1997, place)).toEqual({ kind: "nothing", last: second });
    expect(knownIn(2001, place)).toEqual({ kind: "nothing", last: later });
  });
});
