import { describe, expect, it } from "vitest";
import type { Assertion, Claim } from "../../../bench/claims/claim.ts";
import { assumedFactors, inPercent, shareOf } from "../../../bench/claims/estimate.ts";
import { Evidence } from "../../../bench/claims/evidence.ts";
import { holds, verdictOf } from "../../../bench/claims/verdict.ts";
import { failedCalibration } from "../fixtures/calibrations.ts";
import { runMeasuring } from "../fixtures/measured.ts";
import { noErrors } from "../fixtures/one-cell.ts";

const cell = { scenario: "waiting", arm: "loop" };
const estimate = (value: number, low = value, high = value) =>
  ({ value, low, high, n: 6, basis: "blocks" }) as const;

describe("an assertion", () => {
  it.each([
    [estimate(5, 4, 6), { atLeast: 4 }, "yes"],
    [estimate(5, 3, 6), { atLeast: 4 }, "open"],
    [estimate(3, 2, 3.9), { atLeast: 4 }, "no"],
    [estimate(3, 2.8, 3.2), { atLeast: 2.7, atMost: 3.3 }, "yes"],
    [estimate(3, 2.6, 3.2), { atLeast: 2.7, atMost: 3.3 }, "open"],
    [estimate(4, 3.4, 5), { atLeast: 2.7, atMost: 3.3 }, "no"],
    [{ missing: "nobody looked" }, { atLeast: 4 }, "open"],
  ] as const)("%o against %o: %s", (seen, wanted, expected) => {
    expect(holds({ estimate: seen, wanted })).toBe(expected);
  });
});

describe("evidence", () => {
  const run = runMeasuring([
    { ...cell, point: { clients: 10 }, figures: { perSecond: [1, 2, 3, 4, 5, 6], hits: 1, tries: 10 } },
    { ...cell, point: { clients: 20 }, figures: { perSecond: [10, 20, 30, 40, 50, 60] } },
    { ...cell, arm: "pool", point: { clients: 20 }, figures: { perSecond: [2, 4, 6, 8, 10, 12] } },
    { ...cell, arm: "bound", figures: { perSecond: 1 }, given: { generatorBound: true } },
  ]);
  const evidence = new Evidence(run);

  it("is of the largest point that has what is asked of it", () => {
    expect(evidence.estimate({ ...cell, figure: "perSecond" }, "timed")).toMatchObject({ value: 35, n: 6 });
    const smaller = { ...cell, point: { clients: 10 }, figure: "perSecond" };
    expect(evidence.estimate(smaller, "timed")).toMatchObject({
      value: 3.5,
      low: 1,
      high: 6,
      basis: "blocks",
    });
    expect(evidence.points("waiting", "loop")).toEqual([{ clients: 10 }, { clients: 20 }]);
  });

  it("pairs ratios within a block", () => {
    const [one, other] = [cell, { ...cell, arm: "pool" }].map((arm) => ({ ...arm, figure: "perSecond" }));
    if (one === undefined || other === undefined) throw new Error("expected two readings");
    expect(evidence.ratio(one, other, "timed")).toMatchObject({
      value: expect.closeTo(5),
      low: expect.closeTo(5),
      high: expect.closeTo(5),
      n: 6,
    });
  });

  it("sums what a share is of, and gives its exact interval", () => {
    const share = evidence.share({ ...cell, point: { clients: 10 } }, "hits", "tries");
    // Clopper and Pearson's interval of 6 in 60.
    expect(share).toMatchObject({ value: 0.1, n: 60, basis: "exact share" });
    expect(share).toMatchObject({ low: expect.closeTo(0.03759, 4), high: expect.closeTo(0.20506, 4) });
  });

  it("counts faults of all trials together, those of the kinds asked for", () => {
    const given = { errors: { ...noErrors, missing: 2, dropped: 1, repeated: 5 } };
    const faulty = new Evidence(runMeasuring([{ ...cell, figures: {}, given }]));
    expect(faulty.errors(cell, ["missing", "dropped"])).toEqual({
      value: 18,
      low: 18,
      high: 18,
      n: 6,
      basis: "exact count",
    });
    expect(evidence.errors({ ...cell, arm: "bound" }, ["missing"])).toEqual({
      missing: expect.stringContaining("generator-bound"),
    });
  });

  it("counts what a figure counts in all trials together, however few of them have any", () => {
    const lost = new Evidence(runMeasuring([{ ...cell, figures: { lost: [0, 0, 3, 0, 0, 0] } }]));
    expect(lost.total({ ...cell, figure: "lost" })).toMatchObject({ value: 3, low: 3, high: 3, n: 6 });
  });

  it("says of no fault that there is none only where every trial could tell", () => {
    const failing = (missing: number) => {
      const given = { errors: { ...noErrors, missing } };
      const { trials, ...run } = runMeasuring([{ ...cell, figures: {}, given }]);
      const outcome = { state: "failed", phase: "measure", message: "the server ended" } as const;
      return new Evidence({
        ...run,
        trials: trials.map((trial, i) => (i === 0 ? { ...trial, outcome } : trial)),
      });
    };
    expect(failing(0).errors(cell, ["missing"])).toEqual({ missing: expect.stringContaining("1 failed") });
    expect(failing(2).errors(cell, ["missing"])).toMatchObject({ value: 10, n: 5 });
    expect(failing(0).total({ ...cell, figure: "lost" })).toEqual({ missing: expect.any(String) });
  });

  it("that is a share reads in percent", () => {
    const percent = inPercent(shareOf(6, 60));
    expect(percent).toMatchObject({ value: 10, n: 60, basis: "exact share" });
    expect(percent).toMatchObject({ low: expect.closeTo(3.759, 2), high: expect.closeTo(20.506, 2) });
    expect(inPercent(shareOf(0, 0))).toEqual({ missing: "nothing was tried" });
  });

  it("of too few blocks gets the interval that is assumed of its nature", () => {
    const few = new Evidence(runMeasuring([{ ...cell, figures: { perSecond: 10 } }], 1));
    expect(few.estimate({ ...cell, figure: "perSecond" }, "counted")).toEqual({
      value: 10,
      low: 10 / assumedFactors.counted,
      high: 10 * assumedFactors.counted,
      n: 1,
      basis: "assumed",
    });
  });

  it.each([
    [{ ...cell, scenario: "unheard" }, "no scenario unheard"],
    [{ ...cell, arm: "nobody" }, "no trial of nobody in waiting"],
    [{ ...cell, arm: "bound" }, "generator-bound"],
    [{ ...cell, point: { clients: 3 } }, "no trial of loop in waiting, clients 3"],
  ])("that is missing says why: %o", (asked, why) => {
    expect(evidence.estimate({ ...asked, figure: "perSecond" }, "timed")).toEqual({
      missing: expect.stringContaining(why),
    });
  });
});

describe("a verdict", () => {
  const claim = (...assertions: readonly Assertion[]): Claim => ({
    name: "invented",
    title: "",
    slides: [1],
    statement: "",
    background: "",
    said2011: "",
    method: "",
    scenarios: ["waiting"],
    wouldChange: "",
    judge: () => ({ assertions }),
  });
  const assertion = (value: number, low: number, high: number): Assertion => ({
    what: `${value}`,
    unit: "times",
    estimate: estimate(value, low, high),
    wanted: { atLeast: 10 },
    because: "",
  });
  const [above, across, below] = [assertion(12, 11, 13), assertion(10, 9, 11), assertion(8, 7, 9)];
  const run = runMeasuring([{ ...cell, figures: {} }]);

  it.each([
    ["confirmed", [above, above]],
    ["inconclusive", [above, across]],
    ["refuted", [across, below]],
    ["refuted", [above, below]],
  ] as const)("is %s", (ruling, assertions) => {
    expect(verdictOf(claim(...assertions), run).ruling).toBe(ruling);
  });

  it("that is open says what would settle it", () => {
    const settledBy = (given: Assertion, of = run) => verdictOf(claim(given), of).open?.settledBy;
    expect(settledBy(across)).toBe("npm run bench -- --profile full");
    const full = { ...run, options: { ...run.options, profile: "full" } };
    expect(settledBy(across, full)).toContain("more blocks");
    const assumed = { ...estimate(10, 5, 20), n: 1, basis: "assumed" as const };
    expect(settledBy({ ...across, estimate: assumed })).toBe("npm run bench -- --profile standard");
  });

  it("is not given by a run that is not calibrated", () => {
    const verdict = verdictOf(claim(above), { ...run, calibrations: [failedCalibration] });
    expect(verdict.ruling).toBe("inconclusive");
    expect(verdict.open?.because).toContain("uncalibrated");
  });
});
