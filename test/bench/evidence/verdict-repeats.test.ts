import { describe, expect, it } from "vitest";
import { repeatedClaims, timesText } from "../../../bench/evidence/verdict-repeats.ts";
import { pageOf } from "../../../bench/evidence/verdicts.ts";
import { assertionOf, claimOf, runOfLab, verdictsOn } from "../fixtures/claims.ts";

/** One run after the other, in each the claim's figure: with the interval that is assumed of a factor, or missing. */
function repeated(values: readonly (number | undefined)[], factor = 2) {
  return values.map((value) => {
    const estimate =
      value === undefined
        ? { missing: "it failed" }
        : { value, low: value / factor, high: value * factor, n: 1, basis: "assumed" as const };
    return verdictsOn(runOfLab(1), [claimOf("one", () => ({ assertions: [assertionOf(estimate)] }))]);
  });
}

const only = (values: readonly (number | undefined)[], factor?: number) => {
  const [claim] = repeatedClaims(repeated(values, factor));
  return { ...claim, figure: claim?.figures[0] };
};

describe("runs of the same", () => {
  it("may be open in one and settled in another", () => {
    const { rulings, contradicted } = only([300, 150, 210]);
    expect(rulings).toEqual(["confirmed", "inconclusive", "confirmed"]);
    expect(contradicted).toBe(false);
  });

  it("may not confirm and refute", () => {
    expect(only([300, 40])).toMatchObject({ rulings: ["confirmed", "refuted"], contradicted: true });
  });

  it("may be as far apart as the assumed factor twice over", () => {
    expect(only([100, 390, 200]).figure).toMatchObject({
      spread: expect.closeTo(3.9),
      allowed: expect.closeTo(4),
      holds: true,
      texts: ["≈ 100× (50.0–200)", "≈ 390× (195–780)", "≈ 200× (100–400)"],
    });
    expect(only([100, 410]).figure?.holds).toBe(false);
    expect(only([100, 106], 1.03).figure?.holds).toBe(true);
    expect(only([100, 107], 1.03).figure?.holds).toBe(false);
  });

  it("are not apart where one figure is missing, or all are none", () => {
    expect(only([100, undefined]).figure).toEqual({
      what: "loop over pool",
      texts: ["≈ 100× (50.0–200)", "not measured"],
      allowed: expect.closeTo(4),
      holds: true,
    });
    expect(only([0, 0]).figure).toMatchObject({ spread: 1, holds: true });
    expect(only([0, 5]).figure).not.toHaveProperty("spread");
  });

  it("with intervals of their own have none assumed", () => {
    const runs = [1, 2].map(() => verdictsOn(runOfLab(6)));
    const [claim] = repeatedClaims(runs);
    expect(claim?.figures).toHaveLength(2);
    expect(claim?.figures[0]).toMatchObject({ spread: 1, holds: true });
    expect(claim?.figures[0]).not.toHaveProperty("allowed");
  });
});

describe("the page", () => {
  const { environment } = runOfLab();
  const page = (values: readonly number[], calibrated = true) =>
    pageOf(
      { environment, profile: "quick", repeats: values.length },
      new Date("2026-03-01T12:00:00Z"),
      repeated(values).map((verdicts) => ({ verdicts, calibrated, remark: "Calibrated." })),
    );

  it("holds where no verdict turned and nothing was further apart than assumed", () => {
    const { blocks, holds } = page([300, 400]);
    expect(holds).toBe(true);
    expect(blocks).toContain(
      "| claim | run 1 | run 2 |\n| --- | --- | --- |\n| one | confirmed | confirmed |",
    );
    expect(blocks.join("\n")).toContain(
      "| one | loop over pool | ≈ 300× (150–600) | ≈ 400× (200–800) | 1.33× | 4.00× | yes |",
    );
    expect(blocks.join("\n")).toContain("`npm run evidence -- verdicts --repeats 2`");
  });

  it("does not of runs that are not calibrated, which give no verdicts", () => {
    expect(page([300, 400], false).holds).toBe(false);
  });

  it("does not where one did, and names it", () => {
    const { blocks, holds } = page([300, 40]);
    expect(holds).toBe(false);
    expect(blocks).toContain("**Confirmed in one run and refuted in another: one.**");
    expect(blocks).toContain("**Further apart than assumed: loop over pool.**");
  });
});

it("a spread is told to the hundredth", () => {
  expect(timesText(1.0609)).toBe("1.06×");
  expect(timesText(undefined)).toBe("–");
});
