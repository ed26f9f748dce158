import { describe, expect, test } from "vitest";
import type { Claim } from "../../../bench/claims/claim.ts";
import { assumedFactors } from "../../../bench/claims/estimate.ts";
import { verdictRecords } from "../../../bench/report/verdict-records.ts";
import { numbersText, slidesText, verdictTable, wantedText } from "../../../bench/report/verdicts.ts";
import type { Run } from "../../../bench/result.ts";
import { verdictsShape } from "../../../bench/verdicts.ts";
import { failedCalibration } from "../fixtures/calibrations.ts";
import {
  assertionOf,
  claimOf,
  estimateOf,
  inventedClaims,
  runOfLab,
  verdictsOn,
} from "../fixtures/claims.ts";
import { runMeasuring } from "../fixtures/measured.ts";

const tableOf = (run: Run, claims?: readonly Claim[]) => verdictTable(run, verdictsOn(run, claims));

/** The leading figure of a claim, as a table shows it. */
function measured(assertion: ReturnType<typeof assertionOf>): string | undefined {
  return tableOf(runOfLab(), [
    claimOf("one", () => ({ assertions: [assertion, assertionOf(estimateOf(1, 1, 1))] })),
  ]).rows[0]?.measured;
}

describe("the table of verdicts", () => {
  test("has a row for each claim that the run says something of, and counts the others", () => {
    const { rows, counts } = tableOf(runOfLab());
    expect(rows.map(({ title, said2011, measured, ruling }) => [title, said2011, measured, ruling])).toEqual([
      [
        "A server that blocks while it waits idles away its time (slides 30, 31)",
        "240,000,000 cycles idle per query",
        "195× (193–198)",
        "confirmed",
      ],
      ["None is lost (slide 4)", "3:1", "70.0 % (68.8–71.2, n = 6,000)", "refuted"],
      ["The threshold lies within the interval (slide 4)", "3:1", "100× (90.0–110)", "inconclusive"],
      ["It takes another machine (slide 4)", "3:1", "100× (90.0–110)", "inconclusive"],
    ]);
    expect(counts).toBe(
      "4 claims: 1 confirmed, 1 refuted, 2 inconclusive; 1 more without evidence in this run.",
    );
  });

  test("says what would settle those that are open, once for all that the same would settle", () => {
    const open = (name: string) =>
      claimOf(name, () => ({ assertions: [assertionOf(estimateOf(100, 90, 110))] }), { title: name });
    expect(tableOf(runOfLab(), [...inventedClaims, open("one more")]).toSettle).toEqual([
      {
        settledBy: "npm run bench -- --profile full",
        claims: "“The threshold lies within the interval”, “one more”",
      },
      { settledBy: "a machine with a disk of its own", claims: "“It takes another machine”" },
    ]);
  });

  test("is one line of a run without evidence", () => {
    const { rows, counts } = tableOf(runMeasuring([]), inventedClaims.slice(0, 2));
    expect(rows).toEqual([]);
    expect(counts).toBe(
      "No claim of the talk has evidence in this run; `npm run bench` measures all of them.",
    );
    expect(verdictTable(runMeasuring([]), []).rows).toEqual([]);
  });

  test("has those that the run set out to measure, and could not", () => {
    const run = runOfLab(1);
    const failed = { state: "failed", phase: "measure", message: "no compiler" } as const;
    const trials = run.trials.map((trial) => ({ ...trial, outcome: failed }));
    const [row, ...others] = tableOf({ ...run, trials }, inventedClaims.slice(0, 1)).rows;
    expect(others).toEqual([]);
    expect(row).toMatchObject({ measured: "not measured", ruling: "inconclusive" });
    expect(row?.verdict.open?.because).toContain("no compiler");
  });

  test("of an uncalibrated run says one thing would settle all", () => {
    const { toSettle, counts } = tableOf({ ...runOfLab(), calibrations: [failedCalibration] });
    expect(toSettle).toMatchObject([{ settledBy: "a run whose calibration passes", claims: "all of them" }]);
    expect(counts).toContain("0 confirmed, 0 refuted, 4 inconclusive");
  });
});

describe("a figure", () => {
  test("of one trial is marked, and the mark explained with what is assumed", () => {
    const { rows, remarks } = tableOf(runOfLab(1));
    expect(rows[0]?.measured).toBe("≈ 193× (96.7–387)");
    expect(remarks).toHaveLength(1);
    expect(remarks[0]).toMatch(/^≈ of fewer than 6 trials/);
    for (const factor of Object.values(assumedFactors)) expect(remarks[0]).toContain(`${factor} for `);
    expect(tableOf(runOfLab()).remarks).toEqual([]);
  });

  test.each([
    [estimateOf(0.37, 0.32, 0.43, { n: 47_338, basis: "exact share" }), "0.370 % (0.320–0.430, n = 47,338)"],
    [estimateOf(0, 0, 0.37, { n: 1_000, basis: "exact share" }), "0 % (0–0.370, n = 1,000)"],
    [estimateOf(1, 1, 1), "1.00 %"],
    [{ missing: "nobody looked" }, "not measured"],
  ])("%o reads %s", (estimate, text) => {
    expect(measured(assertionOf(estimate, { unit: "percent" }))).toBe(text);
  });
});

test("what is wanted is said in the unit of the figure", () => {
  expect(wantedText({ wanted: { atLeast: 100 }, unit: "times" })).toBe("at least 100×");
  expect(wantedText({ wanted: { atMost: 0.5 }, unit: "ms" })).toBe("at most 0.5 ms");
  expect(wantedText({ wanted: { atLeast: 2.7, atMost: 3.2 }, unit: "times" })).toBe("2.7× to 3.2×");
});

test("slides in a row are told by the first and the last", () => {
  expect(slidesText([4])).toBe("slide 4");
  expect(slidesText([30, 31])).toBe("slides 30, 31");
  expect(slidesText([1, 41, 42, 43])).toBe("slides 1, 41–43");
  expect(numbersText([3, 1, 2, 5])).toBe("1–3, 5");
});

describe("verdicts.json", () => {
  const run = runOfLab();
  const records = verdictRecords(run, verdictsOn(run));

  test("has the shape that its schema describes, and loses nothing as JSON", () => {
    expect(verdictsShape.parse(JSON.parse(JSON.stringify(records)))).toEqual(records);
  });

  test("has every claim, also those without evidence", () => {
    expect(records.map(({ claim, ruling }) => [claim, ruling])).toEqual([
      ["waiting-idles", "confirmed"],
      ["nothing-lost", "refuted"],
      ["in-between", "inconclusive"],
      ["never-measured", "inconclusive"],
      ["cannot-be-told", "inconclusive"],
    ]);
    expect(records[3]?.findings[0]?.estimate).toEqual({ missing: "this run has no scenario elsewhere" });
    expect(records[3]?.open?.settledBy).toContain("--scenarios elsewhere");
  });

  test("has findings with what they have to be, and the conditions they were made under", () => {
    expect(records[0]).toMatchObject({
      slides: [30, 31],
      findings: [
        { unit: "times", wanted: { atLeast: 100 }, because: "two orders of magnitude", holds: "yes" },
        {},
      ],
      beside: [{ what: "answers a second, loop" }],
      conditions: [{ scenario: "waiting", conditions: ["200 clients ask at once.", expect.any(String)] }],
      wouldChange: "What would change waiting-idles.",
    });
    expect(records[0]?.findings[0]?.estimate).toMatchObject({ n: 6, basis: "blocks" });
    expect(records[3]?.conditions).toEqual([]);
  });
});
