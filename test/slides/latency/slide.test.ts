import { expect, it } from "vitest";
import { inWords } from "../../../slides/latency/in-words.ts";
import { momentsOf } from "../../../slides/latency/moments.ts";
import { latencySlide } from "../../../slides/latency/slide.ts";
import { places } from "../../../slides/latency/years.ts";
import { inventedRun } from "../../bench/fixtures/run.ts";
import { ladderRun } from "./ladder-run.ts";

it.each([
  [0.5, "0.5 seconds"],
  [1, "1 second"],
  [3, "3 seconds"],
  [14, "14 seconds"],
  [250, "4.2 minutes"],
  [3_600, "1 hour"],
  [30 * 3_600, "1.3 days"],
  [300 * 86_400, "300 days"],
  [41e6, "1.3 years"],
  [240e6, "7.6 years"],
  [1e11, "3,169 years"],
])("%d seconds are %s", (seconds, words) => {
  expect(inWords(seconds)).toBe(words);
});

function rowIn(year: number, title: string, run = ladderRun()) {
  const moment = momentsOf(run).find((each) => each.year === year);
  const row = moment?.rows[places.findIndex((place) => place.title === title)];
  if (row === undefined) throw new Error(`expected a row of ${title} in ${year}, got none`);
  return row;
}

it("has every year from 1990 to that of the run", () => {
  const years = momentsOf(ladderRun()).map(({ year }) => year);
  expect([years.length, years[0], years.at(-1)]).toEqual([37, 1990, 2026]);
});

it("says of every time whether it was published, lies between, was measured or set", () => {
  expect(rowIn(2008, "memory")).toMatchObject({
    kind: "published",
    real: "83 ns",
    scaled: "4.2 minutes",
    note: "a load, Duarte",
  });
  expect(rowIn(2000, "disk that turns")).toMatchObject({
    kind: "between",
    note: "the best disk of its day, between 1998 and 2003",
  });
  expect(rowIn(2026, "memory")).toMatchObject({
    kind: "measured",
    real: "205 ns",
    note: "measured here: 200–220 ns, n = 6",
  });
  expect(rowIn(2026, "across an ocean")).toMatchObject({
    kind: "set",
    note: expect.stringMatching(/^set here, not/),
  });
  expect(rowIn(2026, "disk that turns")).toEqual({
    kind: "none",
    real: "",
    scaled: "",
    note: "no figure after 2016: 3.6 ms",
  });
  expect(rowIn(2025, "memory").note).toBe("no figure after 2020: 100 ns");
  expect(rowIn(1990, "L3 cache").note).toBe("no figure yet");
});

it("has the range of what was published as one", () => {
  const { at = 0, low = 0, high = 0 } = rowIn(2013, "solid-state disk");
  expect(low).toBeLessThan(at);
  expect(at).toBeLessThan(high);
  expect((low + high) / 2).toBeCloseTo(at, 1);
});

it("says why there is nothing here, of what failed, was exempt or not run", () => {
  expect(rowIn(2026, "solid-state disk").note).toBe("here: exempt");
  expect(rowIn(2026, "L3 cache").note).toBe("here: failed (measure)");
  expect(rowIn(2026, "another process").note).toBe("not in this run");
  expect(rowIn(2026, "memory", inventedRun({ blocks: 1 })).note).toBe("not in this run");
});

it("shows the run's year without a script, and nothing in its data ends the element", () => {
  const { text } = latencySlide(ladderRun());
  expect(text).toContain('<output class="latency-year">2026</output>');
  expect(text).toContain("measured here: 200–220 ns, n = 6");
  const [, data = ""] = /class="latency-data">(.*?)<\/script>/s.exec(text) ?? [];
  expect(JSON.parse(data).moments).toEqual(momentsOf(ladderRun()));
  expect(data).not.toContain("<");
});
